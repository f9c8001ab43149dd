actorsim ask 'A -> (B & C & A)'
