printf 'actorsim: 1\nchain: [A]\n"\\e[31m": 1\n' >a.yaml
actorsim check a.yaml gone.yaml --error-format json
actorsim check a.yaml --error-format json --jobs none
