actorsim stress scenarios/basics/a-a.yaml --rounds 0
