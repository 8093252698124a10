package main

import "time"

// sleep has a goroutine for each delay.
func sleep(job *job, iteration int) uint32 {
	delay := time.Duration(job.own["delay_ns"])
	return foldAll(job.spawn(iteration, func(value uint32) uint32 {
		time.Sleep(delay)
		return value
	}))
}
