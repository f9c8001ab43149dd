actorsim run scenarios/interleavings/crossing-transfers.yaml --schedule t1.t2.b1
