actorsim run -q - <<'END'
actorsim: 1
name: an SDK that drops the header
config: {reentrancy: {enabled: true}}
actors:
  Cart:
    sdk: js
    check-out:
      - call: self.audit
    audit: []
start:
  - call: Cart/1.check-out
END
