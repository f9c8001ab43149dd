cat >load.yaml <<'YAML'
actorsim: 1
config: {reentrancy: {enabled: true}}
actors:
  A: {m: [{call: B/1.m}, {call: self.k}], k: []}
  B: {m: []}
start:
  - {call: A/1.m, as: first, count: 3, clients: 2}
  - {call: B/1.m, header: x}
  - {call: B/1.m, header: x, after: first}
YAML
actorsim graph load.yaml --format promela
