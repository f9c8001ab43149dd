actorsim graph scenarios/deadlock/crossing-transfers.yaml --case 3 --wait-for
actorsim graph scenarios/deadlock/crossing-transfers.yaml --case 2 --wait-for --schedule t1.t1.t1.t1.t2.t2.t2.t2
