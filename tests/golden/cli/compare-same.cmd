actorsim compare scenarios/order/first-come-first-served.yaml scenarios/basics/one-call.yaml
