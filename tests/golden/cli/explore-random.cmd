actorsim explore scenarios/deadlock/dining-philosophers.yaml --random 200
