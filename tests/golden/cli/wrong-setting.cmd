actorsim run scenarios/basics/a-a.yaml --set reentrancy.enable=true
