actorsim ask 'A -> B -> A' --set reentrancy.enabled=true --dapr 1.6,1.7,docs
