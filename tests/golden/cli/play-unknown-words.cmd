printf '3\nt3\nfoo\nhitn\nt1.t2.t1.t1\n\n\nu 9\nu\n?\n' | actorsim play scenarios/deadlock/timing-decides.yaml --case 1
