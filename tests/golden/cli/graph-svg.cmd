actorsim graph scenarios/deadlock/send-instead-of-call.yaml --case 1 --format svg
