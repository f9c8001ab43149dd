printf 'auto\nu 7\na\n' | actorsim play scenarios/deadlock/dining-philosophers.yaml --case 1
