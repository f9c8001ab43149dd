actorsim run scenarios/interleavings --schedule t1.t2
