printf '3\nt2\nh\nt2\n' | actorsim play scenarios/interleavings/barging.yaml --dapr 1.14 --schedule t1.t2.t2
