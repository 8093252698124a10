// Command ping-net sends HTTP HEAD pings over the connections of net.
package main

import (
	"bytes"
	"fmt"
	"log"
	"net"
	"strconv"
	"sync"
	"time"

	"awaitbench/internal/contract"
	"awaitbench/internal/ping"
)

const headLimit = 16 << 10

func main() { ping.Serve(newPings) }

// A target is a site as its chain sees it: what is sent there, and the connection to it.
type target struct {
	job     *ping.Job
	site    ping.Site
	request []byte
	answer  []byte
	conn    net.Conn
}

func newTarget(job *ping.Job, site ping.Site) *target {
	request := fmt.Sprintf("HEAD %s HTTP/1.1\r\nHost: %s\r\nConnection: %s\r\n\r\n", job.Path, site.Name, job.Connection)
	return &target{job: job, site: site, request: []byte(request), answer: make([]byte, 0, 512)}
}

// ping sends one HEAD request and reads the head of its answer.
func (t *target) ping(p *ping.Ping) {
	p.Start = contract.Now()
	status, err := t.ask(p)
	p.End = contract.Now()
	if err != nil {
		failure := ping.FailureOf(err, t.conn != nil)
		if failure == ping.None {
			log.Fatal(err)
		}
		status = int(failure)
	}
	p.Outcome = int32(status)
	if err != nil || !t.job.KeepAlive() {
		t.close()
	}
}

func (t *target) ask(p *ping.Ping) (status int, err error) {
	deadline := time.Now().Add(t.job.Timeout)
	if t.conn == nil {
		// Without the probes of TCP and without a race of address families, as in the other languages.
		dialer := net.Dialer{Deadline: deadline, KeepAlive: -1, FallbackDelay: -1}
		if t.conn, err = dialer.Dial("tcp", t.site.Address); err != nil {
			return 0, err
		}
		p.Connect = contract.Now()
	}
	if err := t.conn.SetDeadline(deadline); err != nil {
		return 0, err
	}
	if _, err := t.conn.Write(t.request); err != nil {
		return 0, err
	}
	return t.readStatus()
}

// readStatus reads a response head to its blank line.
func (t *target) readStatus() (int, error) {
	answer := t.answer[:0]
	for !bytes.Contains(answer, []byte("\r\n\r\n")) {
		if len(answer) == headLimit {
			return 0, ping.ErrNotHTTP
		}
		if len(answer) == cap(answer) {
			answer = append(make([]byte, 0, 2*cap(answer)), answer...)
		}
		n, err := t.conn.Read(answer[len(answer):cap(answer)])
		if err != nil {
			return 0, err
		}
		answer = answer[:len(answer)+n]
	}
	t.answer = answer
	return statusOf(answer)
}

func statusOf(head []byte) (int, error) {
	if len(head) <= 12 || !bytes.HasPrefix(head, []byte("HTTP/1.")) || head[7] != '0' && head[7] != '1' ||
		head[8] != ' ' || head[12] != ' ' && head[12] != '\r' {
		return 0, ping.ErrNotHTTP
	}
	status, err := strconv.ParseUint(string(head[9:12]), 10, 16)
	if err != nil {
		return 0, ping.ErrNotHTTP
	}
	return ping.ValidStatus(int(status))
}

func (t *target) close() {
	if t.conn != nil {
		t.conn.Close()
		t.conn = nil
	}
}

type pings struct{ chains [][]*target }

func newPings(job *ping.Job) pings {
	return pings{ping.Targets(job, func(site ping.Site) *target { return newTarget(job, site) })}
}

// chain pings its targets one after another.
func chain(targets []*target, pings []ping.Ping) {
	for i, target := range targets {
		target.ping(&pings[i])
	}
}

// Parallel starts all chains, each in a goroutine, and joins them.
func (p pings) Parallel(pings []ping.Ping) {
	var all sync.WaitGroup
	for _, targets := range p.chains {
		mine := pings[:len(targets)]
		pings = pings[len(targets):]
		all.Add(1)
		go func(targets []*target) {
			defer all.Done()
			chain(targets, mine)
		}(targets)
	}
	all.Wait()
}

// Close closes the connections that are kept.
func (p pings) Close() {
	for _, targets := range p.chains {
		for _, target := range targets {
			target.close()
		}
	}
}
