actorsim run - <<'END'
actorsim: 1
name: out of stock
actors:
  Order:
    place:
      - call: Stock/7.reserve
      - call: Mail/1.notify
  Stock:
    reserve:
      - fail: out of stock
  Mail:
    notify: []
start:
  - call: Order/1.place
END
