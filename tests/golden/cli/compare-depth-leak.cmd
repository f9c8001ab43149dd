actorsim compare scenarios/releases/depth-leak.yaml
