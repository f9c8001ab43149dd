actorsim run - --report github <<'END'
actorsim: 1
scenarios:
  - name: the stock confirms
    config: {reentrancy: {enabled: true}}
    chains: [Order/1.place -> Stock/7.reserve -> Order/1.confirm]
  - name: crossing transfers
    config: {reentrancy: {enabled: true}}
    chains: [A -> B, B -> A]
    expect:
      never: deadlock
END
