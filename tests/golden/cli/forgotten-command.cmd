actorsim scenarios/basics/a-a.yaml
