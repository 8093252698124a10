package ping

import (
	"os"
	"strings"
	"time"

	"awaitbench/internal/contract"
)

// A Program pings all chains of its job at once.
type Program interface {
	Parallel(pings []Ping) // one for each site, chain after chain
	Close()
}

// Serve does the job that the harness sends, or pings a person's sites once, and ends the program.
func Serve[P Program](program func(*Job) P) {
	if chains := os.Args[1:]; len(chains) > 0 {
		contract.Exit(servePerson(program, chains))
	}
	contract.Exit(contract.ServeHarness(func(raw contract.RawJob) (contract.Records, error) {
		job, err := parseJob(raw)
		if err != nil {
			return nil, err
		}
		return perform(program, job), nil
	}))
}

// servePerson pings once, and prints the times.
func servePerson[P Program](program func(*Job) P, arguments []string) error {
	var names [][]string
	for _, argument := range arguments {
		names = append(names, strings.Split(argument, ","))
	}
	chains, err := parseChains(names)
	if err != nil {
		return err
	}
	job := &Job{Iterations: 1, Chains: chains, Path: "/", Connection: "close", Timeout: 5 * time.Second}
	perform(program, job).print()
	return nil
}

// perform does all iterations of a job, and closes its connections.
func perform[P Program](program func(*Job) P, job *Job) *Recording {
	width := job.Width()
	recording := &Recording{job: job, pings: make([]Ping, job.Iterations*width)}
	pings := program(job)
	defer pings.Close()
	recording.spans = contract.Iterate(job.Iterations, func(iteration int) {
		pings.Parallel(recording.pings[iteration*width:][:width])
	})
	return recording
}
