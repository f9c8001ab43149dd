actorsim ask --help
