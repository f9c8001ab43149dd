actorsim explore scenarios/deadlock/crossing-transfers.yaml
