printf 't2\nt1\nauto\n' | actorsim play scenarios/deadlock/bystanders.yaml --schedule t1.t1.t1
