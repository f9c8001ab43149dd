actorsim init --example nothing-like-it
