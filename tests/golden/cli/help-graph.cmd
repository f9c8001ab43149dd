actorsim help graph
