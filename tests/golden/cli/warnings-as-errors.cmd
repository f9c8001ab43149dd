printf 'actorsim: 1\nchains: [A -> B]\nexpect: {}\n' >w.yaml
actorsim run w.yaml -W
