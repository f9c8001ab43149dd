printf 'h\n1\nh\n2\nl\n1\nh\na\n\n' | actorsim play scenarios/deadlock/crossing-transfers.yaml --case 2
