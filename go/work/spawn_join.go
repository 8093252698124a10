package main

import "runtime"

// spawn has goroutines that have nothing to wait for.
func spawn(job *job, iteration int) uint32 {
	return foldAll(job.spawn(iteration, func(value uint32) uint32 { return value }))
}

// spawnYielding has goroutines that let the others run once.
func spawnYielding(job *job, iteration int) uint32 {
	return foldAll(job.spawn(iteration, func(value uint32) uint32 {
		runtime.Gosched()
		return value
	}))
}
