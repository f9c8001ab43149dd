actorsim --version
