actorsim ask 'A -> B' 'B -> A' --set reentrancy.enabled=true
