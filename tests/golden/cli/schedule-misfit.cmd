actorsim run scenarios/interleavings/crossing-transfers.yaml --schedule t1.t2.t1.t2.t1
