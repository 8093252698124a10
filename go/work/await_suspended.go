package main

import "sync"

// passToAndFro has two goroutines that pass a value to and fro, with a channel each as its gate: who receives a value
// makes a new gate of its own, and opens the other's with the next value.
func passToAndFro(job *job, iteration int) (checksum uint32) {
	gates := [2]chan uint32{newGate(), newGate()}
	var both sync.WaitGroup
	play := func(self int) {
		defer both.Done()
		for turn := self; turn < job.size; turn += 2 {
			value := <-gates[self] // before the checksum is read: the other player folds as well
			checksum = fold(checksum, value)
			gates[self] = newGate()
			gates[1-self] <- job.value(iteration, turn+1)
		}
	}
	both.Add(2)
	go play(0)
	go play(1)
	gates[0] <- job.value(iteration, 0)
	both.Wait()
	return checksum
}

// newGate makes a channel that holds a value, so that nobody waits when it is opened.
func newGate() chan uint32 { return make(chan uint32, 1) }
