// Package ping is family ping of the runner contract, version 1: its jobs, its records, and a person's way to ask.
package ping

import (
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	"awaitbench/internal/contract"
)

// A Site is one server to ping.
type Site struct {
	Name    string // how the job writes it: HOST:PORT, or HOST for port 80
	Address string // HOST:PORT
}

// A Job says what to do: so many times, ping all chains at once and the sites of a chain in turn.
type Job struct {
	Iterations int
	Chains     [][]Site
	Path       string
	Connection string // what the header says: close or keep-alive
	Timeout    time.Duration
}

// KeepAlive tells whether a site's connection is used again.
func (job *Job) KeepAlive() bool { return job.Connection == "keep-alive" }

// Targets gives the chains as a program sees them: it makes a target of each site, one where a site comes again.
func Targets[Target any](job *Job, newTarget func(Site) *Target) [][]*Target {
	var chains [][]*Target
	for _, sites := range job.Chains {
		made := map[Site]*Target{}
		var chain []*Target
		for _, site := range sites {
			if made[site] == nil {
				made[site] = newTarget(site)
			}
			chain = append(chain, made[site])
		}
		chains = append(chains, chain)
	}
	return chains
}

type params struct {
	Chains     [][]string `json:"chains"`
	Path       string     `json:"path"`
	Connection string     `json:"connection"`
	TimeoutNS  int64      `json:"timeout_ns"`
}

const day = 24 * time.Hour

func parseJob(raw contract.RawJob) (*Job, error) {
	var params params
	err := contract.Decode(raw.Params, &params)
	timeout := time.Duration(params.TimeoutNS)
	understood := err == nil && raw.Family == "ping" && strings.HasPrefix(params.Path, "/") &&
		(params.Connection == "close" || params.Connection == "keep-alive") && 0 < timeout && timeout <= day
	if !understood {
		return nil, contract.BadJob("This program does jobs of the family ping with iterations and, in params," +
			" chains, path, connection and timeout_ns; this one differs.")
	}
	chains, err := parseChains(params.Chains)
	return &Job{raw.Iterations, chains, params.Path, params.Connection, timeout}, err
}

func parseChains(names [][]string) ([][]Site, error) {
	var chains [][]Site
	for _, names := range names {
		var sites []Site
		for _, name := range names {
			site, err := parseSite(name)
			if err != nil {
				return nil, err
			}
			sites = append(sites, site)
		}
		if sites == nil {
			return nil, contract.BadJob("A chain has no site.")
		}
		chains = append(chains, sites)
	}
	if chains == nil {
		return nil, contract.BadJob("There is no chain.")
	}
	return chains, nil
}

// parseSite reads HOST:PORT, or HOST; an IPv6 address stands in brackets.
func parseSite(name string) (Site, error) {
	address := name
	if strings.LastIndex(name, ":") <= strings.LastIndex(name, "]") {
		address += ":80"
	}
	host, port, err := net.SplitHostPort(address)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil || host == "" {
		return Site{}, contract.BadJob(fmt.Sprintf("A site is written HOST:PORT or HOST, not %q.", name))
	}
	return Site{name, address}, nil
}
