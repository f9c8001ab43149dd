actorsim ask 'A -> B' 'B -> C' 'C -> A'
