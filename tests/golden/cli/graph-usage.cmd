actorsim graph
actorsim graph a.yaml
actorsim graph a.yaml --format dott
