export GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY=summary.md
actorsim ask 'A -> A' -q
cat summary.md
