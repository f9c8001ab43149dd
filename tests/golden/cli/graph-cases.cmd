actorsim graph scenarios/deadlock/crossing-transfers.yaml --format murphi
