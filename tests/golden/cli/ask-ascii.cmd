actorsim ask 'A -> B -> A' --ascii
