actorsim ask 'A -> A' --report json
