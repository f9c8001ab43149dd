actorsim ask 'A x5' --set reentrancy.enabled=true --calls 2 -v
