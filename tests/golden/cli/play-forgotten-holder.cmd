printf 't3\nt1\nt3\nh\nt4\nt5\nauto\n' | actorsim play -q tests/dapr-cases/observed/ring-cancelled-id-retry-enters-concurrently.yaml --case 2 --schedule t1.t2.t2
