actorsim explain unknown-key gate-closed
