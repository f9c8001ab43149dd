actorsim explain exceeded closed not-hosted deadlocked stranded timed-out cancelled failed blocked re-entered entered skipped
