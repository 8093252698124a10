package main

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"sync"

	"awaitbench/internal/contract"
)

// A way of doing a family does an iteration, and gives its checksum.
type way func(job *job, iteration int) uint32

// A job says what to do: a size, the seed of the values, and a family's own.
type job struct {
	iterations int
	size       int
	seed       int64
	own        map[string]int64
	noted      int64 // what a way saw in an iteration, for the field that its family adds to the record
}

// value returns the k-th value of an iteration.
func (job *job) value(iteration, k int) uint32 {
	return uint32(job.seed + int64(iteration) + int64(k))
}

// spawn starts a goroutine for each value of an iteration, joins them all, and gives what they returned. A goroutine has
// no result: each leaves it in a place of its own.
func (job *job) spawn(iteration int, do func(value uint32) uint32) []uint32 {
	results := make([]uint32, job.size)
	var all sync.WaitGroup
	all.Add(job.size)
	for k := range results {
		go func(k int) {
			defer all.Done()
			results[k] = do(job.value(iteration, k))
		}(k)
	}
	all.Wait()
	return results
}

// fold adds one value more to a checksum, which starts as 0.
func fold(checksum, value uint32) uint32 { return 31*checksum + value }

// foldAll gives the checksum of values in their order.
func foldAll(values []uint32) (checksum uint32) {
	for _, value := range values {
		checksum = fold(checksum, value)
	}
	return checksum
}

// parse reads a job's params, strictly: every one due, a whole number in its range, and no other.
func parse(raw contract.RawJob, family family) (*job, error) {
	names := append([]string{"size", "seed"}, family.own...)
	var params map[string]*int64 // a null is no number
	err := json.Unmarshal(raw.Params, &params)
	numbers := map[string]int64{}
	for _, name := range names {
		if number := params[name]; number != nil && inRange(name, *number) {
			numbers[name] = *number
		}
	}
	if err != nil || len(numbers) != len(names) || len(params) != len(names) {
		return nil, contract.BadJob(fmt.Sprintf("A job of the family %s has the params %s; this one differs.",
			raw.Family, strings.Join(names, ", ")))
	}
	return &job{iterations: raw.Iterations, size: int(numbers["size"]), seed: numbers["seed"], own: numbers}, nil
}

func inRange(name string, number int64) bool {
	switch name {
	case "size":
		return 0 <= number && number <= math.MaxInt32
	case "workers":
		return 0 < number && number <= math.MaxInt32
	}
	return 0 <= number
}

// perform does all iterations of a job.
func perform(way way, job *job, field string) contract.Records {
	done := &recording{field: field, checksums: make([]uint32, job.iterations), noted: make([]int64, job.iterations)}
	done.spans = contract.Iterate(job.iterations, func(iteration int) {
		done.checksums[iteration] = way(job, iteration)
		done.noted[iteration] = job.noted
	})
	return done
}

// A recording keeps each iteration's checksum, and what belongs into its family's field where there is one.
type recording struct {
	field     string
	spans     []contract.Span
	checksums []uint32
	noted     []int64
}

func (recording *recording) Len() int { return len(recording.spans) }

func (recording *recording) Record(iteration int) any {
	span := recording.spans[iteration]
	record := map[string]any{
		"iteration": span.Iteration,
		"start_ns":  span.Start,
		"end_ns":    span.End,
		"checksum":  recording.checksums[iteration],
	}
	if recording.field != "" {
		record[recording.field] = recording.noted[iteration]
	}
	return record
}
