actorsim graph scenarios/deadlock/bystanders.yaml --case 1 --wait-for
actorsim graph scenarios/deadlock/bystanders.yaml --case 1 --wait-for --format dot
actorsim graph scenarios/deadlock/crossing-transfers.yaml --case 2 --wait-for --schedule t2.t1.t1.t2 --format svg
