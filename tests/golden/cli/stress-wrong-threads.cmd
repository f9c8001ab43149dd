actorsim stress scenarios/basics/a-a.yaml --threads 0
