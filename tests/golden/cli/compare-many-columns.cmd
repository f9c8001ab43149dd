actorsim compare scenarios/basics/a-a.yaml
