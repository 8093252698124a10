"""What is run and when: workloads, schedule, session, origin, results on disk, command line."""
