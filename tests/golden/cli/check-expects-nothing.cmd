actorsim check - <<'END'
actorsim: 1
dapr: "1.6"
config: {reentrancy: {enabled: true}}
scenarios:
  - {name: nothing, chains: [A], expect: {}}
  - {name: a warning only, chains: [A], expect: {warnings: [stays off]}}
END
