actorsim run - <<'END'
actorsim: 1
name: who comes after a call too deep
config: {reentrancy: {enabled: true, maxStackDepth: 2}}
actors:
  A:
    dive:
      - recurse: 3
    visit: []
start:
  - call: A/1.dive
    header: diver
    as: dive
  - call: A/1.visit
    after: dive
    as: visitor
END
