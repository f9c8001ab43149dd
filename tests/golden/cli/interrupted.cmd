# A run that is told to end reports what it has found, and leaves no half-written file.
printf 'actorsim: 1\nchains: [A -> B]\n' | tee a.yaml >c.yaml
printf 'actorsim: 1\nname: endless\nchains: [A -> B]\nuntil: 1000000h\nlimits: {calls: 1e12}\nstart: [{timer: A/1.m1, every: 1ms}]\n' >b.yaml
{
  printf 'actorsim: 1\nname: a large ring\nconfig: {reentrancy: {enabled: true}}\nchains:\n'
  for i in 0 1 2 3 4 5 6 7 8 9; do printf '  - A/%s -> B/%s\n  - B/%s -> A/%s\n' $i $i $i $(((i + 1) % 10)); done
} >ring.yaml

# SIGNAL COMMAND...: begins, and gets the signal once its line of progress shows that the second case is at work
end_by() {
  signal=$1
  shift
  : >.progress
  # A shell lets what it starts in the background ignore Ctrl-C.
  env --default-signal=INT "$@" --jobs 1 --progress always 2>.progress &
  tries=0
  until grep -qE 'done.* (calls|states)' .progress; do
    { kill -0 $! && [ $((tries += 1)) -lt 600 ]; } 2>/dev/null || break
    sleep 0.1
  done
  kill -s "$signal" $!
  wait $!
  echo "exit code $?"
}

echo '# Ctrl-C'
echo 'of the last time' >run.tap
end_by INT actorsim run a.yaml b.yaml c.yaml --report pretty --report tap=run.tap --report json=run.json
cat run.tap
grep -E '^ +"status"' run.json
tail -n 1 run.json

echo '# SIGTERM'
end_by TERM actorsim run a.yaml b.yaml c.yaml --report jsonl | cut -c -70

# How far it came differs.
without_numbers() { sed -E 's/(it was interrupted), [0-9].*/\1, …/; /^ {18}/d'; }
echo '# Ctrl-C while all orders are looked at'
end_by INT actorsim explore a.yaml ring.yaml c.yaml --reduction none -q --report json=all.json >.seen
without_numbers <.seen
grep -E '^ +"(status|complete|stopped)"' all.json
tail -n 1 all.json

echo '# SIGTERM while all orders are looked at'
end_by TERM actorsim explore a.yaml ring.yaml c.yaml --reduction none -q >.seen
without_numbers <.seen
echo ./*.part
