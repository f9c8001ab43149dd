actorsim run - <<'END'
actorsim: 1
name: says too much
config: {reentrancy: {enabled: true}}
chains: [A -> B -> A]
expect:
  verdict: deadlock
  calls:
    A/1.m3: {outcome: deadlocked, depth: 3}
    B/1.m2: entered
  counts: {calls: 4}
END
