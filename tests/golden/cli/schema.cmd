actorsim schema | head -n 4
actorsim schema scenario | cmp - lib/actorsim/scenario/actorsim.schema.json
actorsim schema report | cmp - lib/actorsim/report/json/report.schema.json
