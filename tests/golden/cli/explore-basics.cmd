actorsim explore scenarios/basics
