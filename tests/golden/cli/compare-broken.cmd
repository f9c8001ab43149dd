cat > broken.yaml <<'END'
actorsim: 1
chain: [A]
END
actorsim compare broken.yaml missing.yaml scenarios/basics/one-call.yaml
