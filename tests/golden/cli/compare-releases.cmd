actorsim compare scenarios/releases/waiting-calls-with-one-id.yaml --dapr 1.14,1.18
