actorsim run - --dapr 1.14 <<'END'
actorsim: 1
name: a stranger at full depth
config: {reentrancy: {enabled: true, maxStackDepth: 1}}
actors:
  A:
    work:
      - sleep: 10ms
start:
  - call: A/1.work
  - call: A/1.work
    at: 5ms
END
