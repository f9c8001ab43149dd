actorsim run - <<'END'
actorsim: 1
name: a deadlock among many
actors:
  A:
    work:
      - repeat: 200
        steps:
          - call: B/1.step
      - call: self.end
    end: []
  B:
    step: []
start:
  - call: A/1.work
END
