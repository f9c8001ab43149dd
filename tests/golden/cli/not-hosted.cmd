actorsim run - <<'END'
actorsim: 1
name: somebody else's type
config: {entities: [A]}
chains: [A -> B]
END
