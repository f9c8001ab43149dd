actorsim stress scenarios/basics/a-b-a.yaml --case 2 --rounds 25
