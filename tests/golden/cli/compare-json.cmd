actorsim compare scenarios/releases/stranger-at-full-depth.yaml --dapr 1.14,1.18,docs --report json
