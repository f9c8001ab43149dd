actorsim stress scenarios/basics/one-call.yaml --rounds 3 --seed 9 --report json | grep -v '"threads"'
