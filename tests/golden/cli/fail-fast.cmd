mkdir d
for i in a c e; do printf 'actorsim: 1\nname: %s passes\nchains: [A -> B]\n' $i >d/$i.yaml; done
for i in b d; do printf 'actorsim: 1\nname: %s fails\nchains: [A -> A]\nvars: {n: 1}\nmatrix: {n: [1, 2]}\n' $i >d/$i.yaml; done
printf 'actorsim: 1\nchain: [A]\n' >d/f.yaml
actorsim run d --fail-fast --jobs 3 --report json=report.json >/dev/null
grep -E '"(status|name)"|"skipped": [0-9]' report.json | head -40
actorsim run d --max-failures 3 -j2 -q
