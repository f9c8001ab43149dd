actorsim list --help
