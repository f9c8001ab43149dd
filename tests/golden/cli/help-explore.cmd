actorsim explore --help
