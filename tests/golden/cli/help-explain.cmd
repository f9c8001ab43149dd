actorsim explain --help
