actorsim ask 'A -> A' --set reentrancy.enabled=true
