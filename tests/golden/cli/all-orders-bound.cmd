actorsim run scenarios/interleavings/crossing-transfers.yaml --max-states 4 --reduction none
