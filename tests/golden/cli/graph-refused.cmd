try() {
  printf 'actorsim: 1\n%s\nactors: {A: {m: [%s], k: [sleep: 1s]}}\nstart: [%s, call: A/8.m, call: A/9.k]\n' "$1" "$2" "${3:-call: A/1.m}" >a.yaml
  actorsim graph a.yaml --format murphi
}
try 'dapr: "1.14"' ''
try '' 'sleep: 1s, {call: A/2.k, timeout: 1s}'
try '' '{call: A/2.k, retry: {max: 3}}'
try '' 'send: A/2.k'
try '' 'parallel: [{call: A/2.k}, {call: A/3.k}]'
try '' 'fail: no'
try '' 'reply'
try '' 'call: self.m'
try 'config: {reentrancy: {enabled: true, maxStackDepth: 1}}' 'call: self.k'
try '' '' 'timer: A/1.m'
try '' '' 'reminder: A/1.m'
try '' '' 'deactivate: A/1'
try '' '' 'rebalance: A/1'
