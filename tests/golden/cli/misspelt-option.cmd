actorsim run --verbos scenarios/basics
