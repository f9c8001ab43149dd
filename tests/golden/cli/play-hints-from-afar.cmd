printf 'actorsim: 1\nname: a ring of eight\nconfig: {reentrancy: {enabled: true}}\nchains: [A/1 -> A/2, A/2 -> A/3, A/3 -> A/4, A/4 -> A/5, A/5 -> A/6, A/6 -> A/7, A/7 -> A/8, A/8 -> A/1]\n' >ring.yaml
printf 'h\na\n1\nh\nt2.t2\nh\n' | actorsim play -q ring.yaml
