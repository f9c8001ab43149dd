actorsim schema scenario report
