actorsim list scenarios/basics/one-call.yaml --json
