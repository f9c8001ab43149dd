printf 'first\n4\n3\n?\nq\n' | actorsim play scenarios/deadlock/crossing-transfers.yaml
