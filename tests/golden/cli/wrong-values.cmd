actorsim run scenarios/basics --report xml --color maybe --dapr 1.19 --set reentrancy
