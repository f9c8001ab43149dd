actorsim init --help
