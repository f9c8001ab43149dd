actorsim stress scenarios/basics/a-b-a.yaml --case 1 --rounds 25
