actorsim run --help
