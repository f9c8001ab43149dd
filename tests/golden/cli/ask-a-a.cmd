actorsim ask 'A -> A'
