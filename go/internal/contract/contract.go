// Package contract is the runner contract, version 1, for all families: a job comes in, the records of its iterations
// go out.
package contract

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
)

// A RawJob is a job as it came; what its params must hold is its family's to say.
type RawJob struct {
	Family     string          `json:"family"`
	Iterations int             `json:"iterations"`
	Params     json.RawMessage `json:"params"`
}

// A BadJob says why a job, or what a person asks for, cannot be done.
type BadJob string

func (bad BadJob) Error() string { return string(bad) }

// A Span is what the records of all families share: an iteration's number, and its start and end in ns of the monotonic
// clock.
type Span struct {
	Iteration int   `json:"iteration"`
	Start     int64 `json:"start_ns"`
	End       int64 `json:"end_ns"`
}

// Records are what a job leaves behind, as many as it has iterations.
type Records interface {
	Len() int
	Record(iteration int) any // what is written of it, as JSON
}

// Iterate does all iterations back to back, each given its number, and tells when they were. An iteration more costs its
// words in a slice that is made before the first.
func Iterate(iterations int, do func(iteration int)) []Span {
	spans := make([]Span, iterations)
	for i := range spans {
		spans[i].Iteration = i
		spans[i].Start = Now()
		do(i)
		spans[i].End = Now()
	}
	return spans
}

// ServeHarness does the one job that the harness sends.
func ServeHarness(perform func(RawJob) (Records, error)) error {
	in, out := bufio.NewReader(os.Stdin), bufio.NewWriter(os.Stdout)
	lines := json.NewEncoder(out)
	lines.Encode(ready{Ready: 1, Runtime: runtime.Version(), CPUs: runtime.GOMAXPROCS(0)})
	out.Flush()

	line, err := in.ReadBytes('\n')
	if err != nil {
		return BadJob("The input ended before a job came.")
	}
	raw, err := parse(line)
	if err != nil {
		return err
	}
	records, err := perform(raw)
	if err != nil {
		return err
	}
	for i := 0; i < records.Len(); i++ {
		lines.Encode(records.Record(i))
		if i == 0 {
			out.Flush() // memory is read at the first, before the others are made
		}
	}
	lines.Encode(done{Done: true})
	if err := out.Flush(); err != nil { // a bufio.Writer keeps the first error
		return err
	}
	_, err = io.Copy(io.Discard, in)
	return err
}

type ready struct {
	Ready   int    `json:"ready"`
	Runtime string `json:"runtime"`
	CPUs    int    `json:"cpus"`
}

type done struct {
	Done bool `json:"done"`
}

func parse(line []byte) (RawJob, error) {
	var raw RawJob
	err := Decode(line, &raw)
	if err != nil || raw.Iterations <= 0 || raw.Iterations > math.MaxInt32 || raw.Params == nil {
		return raw, BadJob("A job has a family, a number of iterations and params; this one differs.")
	}
	return raw, nil
}

// Decode reads one JSON value, strictly: no member but those that are due, each of its type, and nothing after it.
func Decode(text []byte, value any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(value); err != nil {
		return err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return errors.New("there is something after the value")
	}
	return nil
}

// Exit ends the program: with status 0, or with a sentence on standard error, and 2 at a bad job.
func Exit(err error) {
	var bad BadJob
	switch {
	case err == nil:
		os.Exit(0)
	case errors.As(err, &bad):
		fmt.Fprintln(os.Stderr, bad)
		os.Exit(2)
	default:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
