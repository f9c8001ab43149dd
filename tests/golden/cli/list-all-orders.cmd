actorsim list scenarios/interleavings
