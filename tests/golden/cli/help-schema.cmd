actorsim schema --help
