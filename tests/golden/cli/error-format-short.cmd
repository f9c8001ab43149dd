printf 'actorsim: 1\nchain: [A]\nexpect: {}\n' >a.yaml
actorsim check a.yaml gone.yaml --error-format short
actorsim check --error-format short
