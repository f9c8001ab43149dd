mkdir -p empty && actorsim run empty
