actorsim init
