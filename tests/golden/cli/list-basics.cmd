actorsim list scenarios/basics
