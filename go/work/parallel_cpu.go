package main

import "runtime"

// compute has a goroutine for each job; as many threads as there are workers run them.
func compute(job *job, iteration int) uint32 {
	if workers := int(job.own["workers"]); runtime.GOMAXPROCS(0) != workers {
		runtime.GOMAXPROCS(workers)
	}
	rounds := job.own["rounds"]
	return foldAll(job.spawn(iteration, func(value uint32) uint32 { return turn(value, rounds) }))
}

// turn turns a linear congruential generator.
func turn(value uint32, rounds int64) uint32 {
	for round := int64(0); round < rounds; round++ {
		value = 1664525*value + 1013904223
	}
	return value
}
