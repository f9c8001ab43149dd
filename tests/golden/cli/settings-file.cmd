mkdir -p deep/er
printf 'ascii = true\n[run]\ndapr = [1.10, "1.18"]\nmax-states = 1e6\n' >actorsim.toml
cp scenarios/basics/one-call.yaml deep/er/
cd deep/er
actorsim run one-call.yaml
ACTORSIM_DAPR=1.15 actorsim run one-call.yaml
ACTORSIM_DAPR=1.15 actorsim run one-call.yaml --dapr 1.16 --config none
