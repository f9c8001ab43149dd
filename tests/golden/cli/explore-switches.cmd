actorsim explore scenarios/deadlock/crossing-transfers.yaml --switches 1
