actorsim run scenarios/interleavings --max-states 0 --max-memory 4XB --time-limit soon --reduction stuborn --threads 0
