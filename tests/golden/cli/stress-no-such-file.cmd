actorsim stress nowhere.yaml
