actorsim compare --help
