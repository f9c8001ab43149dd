actorsim run -v scenarios/interleavings/crossing-transfers.yaml
