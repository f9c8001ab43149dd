printf 'a\n1\na\n1\n2\nh\nu\ns\nauto\n' | actorsim play scenarios/deadlock/crossing-transfers.yaml --case 2
