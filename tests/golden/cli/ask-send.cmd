actorsim ask 'A -> B ~> A' -v
