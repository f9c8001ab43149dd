actorsim run
