actorsim init --example crossing > crossing.yaml && actorsim run crossing.yaml
