cat > broken.yaml <<'END'
actorsim: 1
chains: [A -> B]
expct: {}
END
actorsim check broken.yaml scenarios/basics
