actorsim explain deadlock
