actorsim play
actorsim play a.yaml b.yaml
actorsim play -
actorsim play missing.yaml
actorsim play scenarios/basics/a-a.yaml --case 3
actorsim play scenarios/basics/a-a.yaml --case 1 --schedule t1.t2
actorsim play scenarios/basics/a-a.yaml --schedule 'oh no'
actorsim play scenarios/basics/a-a.yaml --seed 3
