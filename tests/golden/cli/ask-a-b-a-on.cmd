actorsim ask 'A -> B -> A' --set reentrancy.enabled=true -v
