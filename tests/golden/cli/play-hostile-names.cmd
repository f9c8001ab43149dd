printf 'actorsim: 1\nname: "evil \\e[2J \\u202e name"\nactors: {A: {m: []}}\nstart: [{call: A/1.m, as: "a\\e]0;x\\a", header: "\\e[1m"}, {call: A/1.m}]\n' >hostile.yaml
printf '1\n1\nt1\n\033[31mred\007\ns\nauto\n' | actorsim play hostile.yaml
