package ping

import (
	"encoding/json"
	"fmt"
	"strings"

	"awaitbench/internal/contract"
)

// A Ping is what is known of one, its moments in ns of the monotonic clock.
type Ping struct {
	Start   int64
	Connect int64 // 0 where it was not seen
	End     int64 // of the head as well: the answer to a HEAD ends with it
	Outcome int32 // a status, or a Failure
}

// A Recording keeps all pings of a job: iteration after iteration, chain after chain.
type Recording struct {
	job   *Job
	spans []contract.Span
	pings []Ping
}

// Width returns how many pings an iteration has.
func (job *Job) Width() int {
	width := 0
	for _, sites := range job.Chains {
		width += len(sites)
	}
	return width
}

// Len returns how many iterations there are.
func (recording *Recording) Len() int { return len(recording.spans) }

// Record returns an iteration's record, the times of its pings counted from its start.
func (recording *Recording) Record(iteration int) any {
	span := recording.spans[iteration]
	first := iteration * recording.job.Width()
	chains := make([][]written, len(recording.job.Chains))
	for i, sites := range recording.job.Chains {
		for _, ping := range recording.pings[first : first+len(sites)] {
			chains[i] = append(chains[i], written{ping, span.Start})
		}
		first += len(sites)
	}
	return struct {
		contract.Span
		Pings [][]written `json:"pings"`
	}{span, chains}
}

// A written ping is one as the contract writes it: [start, connect, head, end, status], in ns since a moment.
type written struct {
	Ping
	since int64
}

func (ping written) MarshalJSON() ([]byte, error) {
	start, end := ping.Start-ping.since, ping.End-ping.since
	var connect, head, outcome any
	if ping.Connect != 0 {
		connect = ping.Connect - ping.since
	}
	if ping.Outcome < 0 {
		outcome = Failure(ping.Outcome).String()
	} else {
		head, outcome = end, ping.Outcome
	}
	return json.Marshal([]any{start, connect, head, end, outcome})
}

// print writes the survey's three lines of the first iteration, in seconds.
func (recording *Recording) print() {
	var sites []string
	var total float64
	i := 0
	for _, chain := range recording.job.Chains {
		for _, site := range chain {
			ping := recording.pings[i]
			seconds := float64(ping.End-ping.Start) / 1e9
			total += seconds
			note := ""
			if ping.Outcome < 0 {
				note = fmt.Sprintf(" (%s)", Failure(ping.Outcome))
			}
			sites = append(sites, fmt.Sprintf("%s %.6f%s", site.Name, seconds, note))
			i++
		}
	}
	span := recording.spans[0]
	fmt.Printf("Real time: %.6f\n", float64(span.End-span.Start)/1e9)
	fmt.Printf("Time per site: %s\n", strings.Join(sites, ", "))
	fmt.Printf("Total time: %.6f\n", total)
}
