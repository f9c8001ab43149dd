actorsim stress --help
