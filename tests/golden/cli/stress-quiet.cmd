actorsim stress -q scenarios/basics/a-b-a.yaml --rounds 5
