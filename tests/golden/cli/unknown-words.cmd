actorsim explroe x.yaml
actorsim complet
actorsim run x.yaml --fialfast
actorsim list x.yaml --max-states 5
actorsim run x.yaml --jbos 3
