cat >fine.yaml <<'END'
actorsim: 1
name: fine
chains: [A -> B]
END
cat >broken.yaml <<'END'
actorsim: 1
chain: [A -> B]
END
cat >fails.yaml <<'END'
actorsim: 1
name: fails
chains: [A -> A]
END
actorsim run broken.yaml fails.yaml fine.yaml missing.yaml
