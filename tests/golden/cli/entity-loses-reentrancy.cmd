actorsim run - <<'END'
actorsim: 1
name: an entry that does not inherit
config:
  reentrancy: {enabled: true}
  entitiesConfig:
    - entities: [A]
      actorIdleTimeout: 10m
chains: [A -> A]
END
