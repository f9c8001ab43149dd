actorsim run scenarios/interleavings/crossing-transfers.yaml --report json
