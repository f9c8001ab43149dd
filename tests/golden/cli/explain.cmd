actorsim explain
