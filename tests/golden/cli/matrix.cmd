actorsim run -v - <<'END'
actorsim: 1
name: how deep
vars: {depth: 32}
config: {reentrancy: {enabled: true, maxStackDepth: 2}}
chains: [A x$depth]
matrix:
  dapr: ["1.14", docs]
  depth: [2, 3, many]
exclude:
  - {dapr: docs, depth: 3}
expect:
  - when: {depth: 3}
    verdict: exceeded
  - when: {depth: 2}
    verdict: ok
END
