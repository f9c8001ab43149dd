actorsim explore scenarios/deadlock/crossing-transfers.yaml --max-states 5
