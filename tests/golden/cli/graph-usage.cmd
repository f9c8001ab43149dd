actorsim graph
actorsim graph a.yaml --format dott
actorsim graph a.yaml -o a.png
actorsim graph a.yaml --format murphi --wait-for
actorsim graph a.yaml --schedule t1
