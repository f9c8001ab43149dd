actorsim explain ok timeout overlap
