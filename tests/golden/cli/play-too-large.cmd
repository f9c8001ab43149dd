printf 'actorsim: 1\nactors: {A: {m: []}}\nstart: [{call: A/$i.m, count: 80}]\n' >large.yaml
printf 'h\nt1#80\nauto\nu 2\nh\n' | actorsim play large.yaml
