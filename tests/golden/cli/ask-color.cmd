actorsim ask 'A -> A' --color always
