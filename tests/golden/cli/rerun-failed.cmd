export XDG_STATE_HOME=$PWD/state
mkdir d
printf 'actorsim: 1\nname: good\nchains: [A -> B]\n' >d/good.yaml
printf 'actorsim: 1\nname: bad\nchains: [A -> A]\n' >d/bad.yaml
actorsim run d -q >/dev/null
actorsim run d --rerun-failed -q --calls 0
sed -i 's/A -> A/A -> B/' d/bad.yaml
actorsim run d --rerun-failed
actorsim run d --rerun-failed
ls state/actorsim
