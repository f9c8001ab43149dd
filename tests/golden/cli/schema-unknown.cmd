actorsim schema rapport
