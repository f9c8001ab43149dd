actorsim run scenarios/basics/a-a.yaml --report tap --report junit=a.xml --report mermaid=a.md && head -n 4 a.xml a.md
