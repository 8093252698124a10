// Command ping-http sends HTTP HEAD pings with one http.Client.
package main

import (
	"context"
	"errors"
	"log"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"syscall"

	"awaitbench/internal/contract"
	"awaitbench/internal/ping"
)

func main() { ping.Serve(newPings) }

// A target is a site as its chain sees it: what is asked for there, and whether a connection to it is open.
type target struct {
	job       *ping.Job
	client    *http.Client
	request   *http.Request
	connected bool
}

func newTarget(job *ping.Job, client *http.Client, site ping.Site) *target {
	request, err := http.NewRequest(http.MethodHead, "http://"+site.Name+job.Path, nil)
	if err != nil {
		contract.Exit(contract.BadJob(err.Error()))
	}
	request.Header.Set("Connection", job.Connection)
	request.Header["User-Agent"] = nil // none
	return &target{job: job, client: client, request: request}
}

// ping sends one HEAD request and reads the head of its answer.
func (t *target) ping(p *ping.Ping) {
	p.Start = contract.Now()
	opened := &opening{refused: t.connected}
	ctx, cancel := context.WithTimeout(context.WithValue(context.Background(), openingKey{}, opened), t.job.Timeout)
	defer cancel()
	status, err := t.ask(ctx)
	p.End = contract.Now()
	p.Connect = opened.at.Load()
	if err != nil {
		failure := failureOf(err, t.connected || p.Connect != 0)
		if failure == ping.None {
			log.Fatal(err)
		}
		status = int(failure)
	}
	p.Outcome = int32(status)
	t.connected = err == nil && t.job.KeepAlive()
}

func (t *target) ask(ctx context.Context) (int, error) {
	response, err := t.client.Do(t.request.WithContext(ctx))
	if err != nil {
		return 0, err
	}
	response.Body.Close()
	return ping.ValidStatus(response.StatusCode)
}

// failureOf tells which failure an error is. What the client finds wrong with an answer it says in words alone.
func failureOf(err error, connected bool) ping.Failure {
	failure := ping.FailureOf(err, connected)
	var number syscall.Errno
	if failure == ping.None && connected && !errors.As(err, &number) {
		return ping.Protocol
	}
	return failure
}

// An opening is the connection of one ping: when it was made, and whether it is one too many. When a site closes a kept
// connection, the client sends the request again, and no setting stops it; refusing the second connection does.
type opening struct {
	refused bool
	at      atomic.Int64
}

type openingKey struct{}

// dial opens the connection of a ping.
func dial(ctx context.Context, network, address string) (net.Conn, error) {
	opening := ctx.Value(openingKey{}).(*opening)
	if opening.refused {
		return nil, ping.ErrEnded
	}
	// Without the probes of TCP and without a race of address families, as in the other languages.
	dialer := net.Dialer{KeepAlive: -1, FallbackDelay: -1}
	conn, err := dialer.DialContext(ctx, network, address)
	if err == nil {
		opening.at.Store(contract.Now())
	}
	return conn, err
}

type pings struct {
	transport *http.Transport
	chains    [][]*target
}

func newPings(job *ping.Job) pings {
	transport := &http.Transport{
		DialContext:            dial,
		DisableCompression:     true,
		DisableKeepAlives:      !job.KeepAlive(),
		MaxIdleConnsPerHost:    1,
		MaxResponseHeaderBytes: 16 << 10,
	}
	client := &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return pings{transport, ping.Targets(job, func(site ping.Site) *target { return newTarget(job, client, site) })}
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
func (p pings) Close() { p.transport.CloseIdleConnections() }
