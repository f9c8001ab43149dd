actorsim stress scenarios/basics/a-a.yaml --report junit
