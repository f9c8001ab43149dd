actorsim ask 'A x3' -s reentrancy.enabled=true -s reentrancy.maxStackDepth=2 --dapr 1.14,1.15,docs
