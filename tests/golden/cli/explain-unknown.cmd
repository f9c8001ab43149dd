actorsim explain deadlok
