actorsim run - <<'END'
actorsim: 1
chains: [A -> B]
expect:
  calls: {B/1.m3: entered}
END
