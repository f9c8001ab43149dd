actorsim ask 'A -> B -> A'
