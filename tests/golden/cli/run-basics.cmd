actorsim run scenarios/basics
