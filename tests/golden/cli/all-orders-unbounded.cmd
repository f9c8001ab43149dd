actorsim run - <<'END'
actorsim: 1
until: 5s
actors: {A: {m: []}}
start: [{timer: A/1.m, every: 1s}]
expect: {never: deadlock}
END
