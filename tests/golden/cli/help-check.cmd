actorsim check --help
