actorsim compare scenarios/releases/stranger-at-full-depth.yaml --color always
