actorsim explore scenarios/timers/again-and-again.yaml
