actorsim stress scenarios/basics/a-a.yaml --duration soon
