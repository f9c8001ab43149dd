actorsim check scenarios/releases/feature-gate.yaml
