actorsim play --help
