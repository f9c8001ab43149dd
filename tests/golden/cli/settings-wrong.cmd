printf 'ascii = 1\n[run]\nmax-sates = 5\n[rnu]\n[explore]\nschedule = "t1"\n' >actorsim.toml
actorsim run scenarios/basics
printf 'color = "sometimes"\njobs = [1]\n' >actorsim.toml
ACTORSIM_TIME_LIMIT=soon actorsim run scenarios/basics
ACTORSIM_JOBBS=3 actorsim run scenarios/basics/one-call.yaml -q --config none
printf 'color = sometimes\n' >actorsim.toml
actorsim run scenarios/basics
