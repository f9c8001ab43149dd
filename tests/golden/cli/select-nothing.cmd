actorsim run scenarios -t deadlok
actorsim run scenarios --filter 'a('
actorsim run scenarios --filter '^nothing is called so$'
actorsim run scenarios/basics --shard 99/99
actorsim run scenarios --shard 5/4
