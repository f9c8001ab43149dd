actorsim explore x.yaml --goal all --audit --random 5
