mkdir -p shop/team/deep elsewhere
printf '{"entities": ["A"], "reentrancy": {"enabled": true}}' > shop/config.json
printf 'kind: Configuration\nspec: {features: [{name: Actor.Reentrancy, enabled: true}]}\n' > shop/team/gate.yaml
printf 'actorsim: 1\ndapr: "1.6"\nconfig: ../config.json\nconfiguration: gate.yaml\nchains: [A -> A]\n' > shop/team/a.yaml
# The folder on the command line says how far a scenario may look.
actorsim run shop
actorsim run shop/team/a.yaml
