package main

import (
	"context"
	"sync"

	"awaitbench/internal/contract"
)

// cancelEach has a context for each goroutine.
func cancelEach(job *job, iteration int) uint32 {
	contexts := make([]context.Context, job.size)
	cancels := make([]context.CancelFunc, job.size)
	for k := range contexts {
		contexts[k], cancels[k] = context.WithCancel(context.Background())
	}
	return cancelAll(job, iteration, contexts, cancels)
}

// cancelShared has one context for all.
func cancelShared(job *job, iteration int) uint32 {
	shared, cancel := context.WithCancel(context.Background())
	contexts := make([]context.Context, job.size)
	for k := range contexts {
		contexts[k] = shared
	}
	return cancelAll(job, iteration, contexts, []context.CancelFunc{cancel})
}

// cancelAll starts a goroutine for each context, which waits for what never comes and gives its value when it is
// cancelled; cancels all, and joins them, against the clock.
func cancelAll(job *job, iteration int, contexts []context.Context, cancels []context.CancelFunc) uint32 {
	values := make([]uint32, job.size)
	var waiting, all sync.WaitGroup
	waiting.Add(job.size)
	all.Add(job.size)
	for k := range contexts {
		go func(k int) {
			defer all.Done()
			cancelled := contexts[k].Done()
			waiting.Done()
			<-cancelled
			values[k] = job.value(iteration, k)
		}(k)
	}
	waiting.Wait()
	start := contract.Now()
	for _, cancel := range cancels {
		cancel()
	}
	all.Wait()
	job.noted = contract.Now() - start
	return foldAll(values)
}
