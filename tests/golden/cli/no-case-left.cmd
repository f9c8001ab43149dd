actorsim run - --dapr 1.14 <<'END'
actorsim: 1
chains: [A]
matrix: {dapr: ["1.14", "1.18"]}
exclude: [{dapr: "1.14"}]
END
