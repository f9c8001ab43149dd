actorsim --help
