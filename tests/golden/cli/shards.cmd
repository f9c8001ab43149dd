for i in 1 2 3; do actorsim run scenarios/deadlock --shard $i/3; done
