actorsim run - <<'END'
actorsim: 1
name: crossing transfers
config: {reentrancy: {enabled: true}}
chains: [A -> B, B -> A]
expect:
  never: deadlock
  possible: overlap
  always:
    - ok
    - {call: A/1.m1, outcome: entered}
    - {call: B/1.m1, outcome: entered}
    - {call: B/1.m1, outcome: blocked}
END
