actorsim graph scenarios/deadlock/crossing-transfers.yaml --case 2
