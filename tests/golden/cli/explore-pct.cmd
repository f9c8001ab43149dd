actorsim explore scenarios/deadlock/dining-philosophers.yaml --pct 3 --random 200 --seed 7 -q
