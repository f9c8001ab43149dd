mkdir -p shop/folder
printf 'reentrancy:\n  enabled: yes\nentites: [A]\n' > shop/config.yaml
printf '{]' > shop/broken.json
ln -s ../elsewhere.json shop/link.json
printf '{}' > elsewhere.json
mkfifo shop/pipe.json
cat > shop/a.yaml <<'END'
actorsim: 1
chains: [A]
scenarios:
  - {name: content, config: config.yaml}
  - {name: syntax, config: broken.json}
  - {name: not there, config: confg.yaml}
  - {name: a link that leads out, config: link.json}
  - {name: outside, config: ../elsewhere.json}
  - {name: absolute, config: /elsewhere.json}
  - {name: a pipe, config: pipe.json}
  - {name: a folder, configuration: folder}
  - {name: no path, configuration: ""}
END
actorsim run shop
actorsim run - < shop/a.yaml 2>&1 | head -4
