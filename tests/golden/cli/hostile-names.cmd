printf 'actorsim: 1\nname: "evil \\e[2J \\u202e name"\nchains: [A -> A]\n' >hostile.yaml
actorsim run hostile.yaml
