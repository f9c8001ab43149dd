actorsim explore - --report junit <<'END'
actorsim: 1
name: crossing transfers
config: {reentrancy: {enabled: true}}
chains: [A -> B, B -> A]
END
