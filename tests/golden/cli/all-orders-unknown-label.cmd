actorsim run - <<'END'
actorsim: 1
actors: {A: {m: []}}
start: [{call: A/1.m, as: client$i, count: 2}]
expect: {possible: {call: client2, outcome: blocked}}
END
