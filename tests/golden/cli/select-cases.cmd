actorsim list scenarios/basics --tag deadlock --skip-tag config
actorsim run scenarios/basics -k '^two|calls itself' --color never
actorsim run scenarios/basics --shard 2/4 -q -k nothing
