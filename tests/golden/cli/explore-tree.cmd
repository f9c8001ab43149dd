printf 'actorsim: 1\nname: both ways\nchains: [A -> B, B -> A]\n' | actorsim explore -v -
