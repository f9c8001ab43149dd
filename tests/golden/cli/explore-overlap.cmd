actorsim explore scenarios/giving-up/a-cancelled-waiter-evicts-the-holder.yaml -q --dapr 1.18 --set reentrancy.enabled=false
