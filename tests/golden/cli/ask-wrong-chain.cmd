actorsim ask 'A -> -> B' 'A => B'
