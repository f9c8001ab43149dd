actorsim run -v - <<'END'
actorsim: 1
name: a tree of calls
actors:
  A:
    work:
      - send: Log/1.note
      - parallel:
          - call: B/1.half
          - call: C/1.half
      - sleep: 5ms
  B:
    half:
      - call: D/1.step
      - sleep: 2ms
  C:
    half:
      - call: D/1.step
  D:
    step:
      - sleep: 3ms
  Log:
    note: []
start:
  - call: A/1.work
    as: first
  - call: A/1.work
    at: 1ms
    as: second
END
