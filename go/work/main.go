// Command work does the families without a network, in the way that its argument names.
package main

import (
	"fmt"
	"log"
	"os"

	"awaitbench/internal/contract"
)

// A family has ways, the names of its own parameters, and the field that it adds to a record.
type family struct {
	ways  map[string]way
	own   []string
	field string
}

var families = map[string]family{
	"timers":          {ways: map[string]way{"goroutine": sleep}, own: []string{"delay_ns"}},
	"await-completed": {ways: map[string]way{"goroutine": receiveReady}},
	"await-suspended": {ways: map[string]way{"goroutine": passToAndFro}},
	"spawn-join":      {ways: map[string]way{"goroutine": spawn, "yield-once": spawnYielding}},
	"cancel":          {ways: map[string]way{"goroutine": cancelEach, "shared-context": cancelShared}, field: "cancel_ns"},
	"parallel-cpu":    {ways: map[string]way{"goroutine": compute}, own: []string{"rounds", "workers"}},
}

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: work WAY")
	}
	name := os.Args[1]
	contract.Exit(contract.ServeHarness(func(raw contract.RawJob) (contract.Records, error) {
		family := families[raw.Family]
		way := family.ways[name]
		if way == nil {
			return nil, contract.BadJob(fmt.Sprintf("There is no family %q here in the way %s.", raw.Family, name))
		}
		job, err := parse(raw, family)
		if err != nil {
			return nil, err
		}
		return perform(way, job, family.field), nil
	}))
}
