actorsim run scenarios/basics/a-b.yaml
