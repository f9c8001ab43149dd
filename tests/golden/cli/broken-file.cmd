actorsim run - <<'END'
actorsim: 1
nmae: several mistakes
config:
  reentrancy: {enabled: yes, maxStackDepth: many}
actors:
  Order:
    place:
      - call: Stok/7.reserve
      - cal: Order/1.place
  Stock:
    reserve: []
start:
  - call: Order/1.plaec
expect:
  verdict: deadlok
END
