printf 'actorsim: 1\nname: "evil \\e[2J \\u202e name"\nactors: {A: {m: []}}\nstart: [{call: A/1.m, as: "a\\e]0;x\\a"}]\n' >hostile.yaml
actorsim stress hostile.yaml --rounds 4
actorsim stress hostile.yaml --rounds 4 --report json | grep -c 'evil'
