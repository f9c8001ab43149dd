actorsim explian deadlock
