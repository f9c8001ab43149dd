actorsim run - <<'END'
actorsim: 1
actors:
  Order:
    place: [{call: Stock/1.reserve}]
    cancel: [{call: Stock/1.release}]
    audit: [{call: self.audit}]
  Stock:
    reserve: []
    release: []
start: [{call: Order/1.place}]
END
