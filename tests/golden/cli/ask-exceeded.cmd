actorsim ask 'A x33' --set reentrancy.enabled=true
