// Command ping-http sends HTTP HEAD pings with one http.Client.
package main

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"syscall"

	"awaitbench/internal/contract"
	"awaitbench/internal/ping"
)

func main() {
	log.SetOutput(io.Discard) // the client logs bytes that a site sends on a kept connection unasked
	ping.Serve(newPings)
}

// A target is a site as its chain sees it: what is asked for there, and the connection that is kept.
type target struct {
	job     *ping.Job
	client  *http.Client
	request *http.Request
	conn    *conn
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
	opened := &opening{refused: t.conn != nil}
	ctx, cancel := context.WithTimeout(context.WithValue(context.Background(), openingKey{}, opened), t.job.Timeout)
	defer cancel()
	status, err := t.ask(ctx)
	p.End = contract.Now()
	if made := opened.conn.Load(); made != nil {
		t.conn, p.Connect = made, made.since
	}
	if err != nil {
		failure := failureOf(err, t.conn)
		if failure == ping.None {
			contract.Exit(err)
		}
		status = int(failure)
	}
	p.Outcome = int32(status)
	if err != nil || !t.job.KeepAlive() {
		t.conn = nil // the client closes it
	}
}

func (t *target) ask(ctx context.Context) (int, error) {
	response, err := t.client.Do(t.request.WithContext(ctx))
	if err != nil {
		return 0, err
	}
	response.Body.Close()
	return ping.ValidStatus(response.StatusCode)
}

// failureOf tells which failure an error is. The client says in words alone what it finds wrong with an answer, and in
// Go 1.19 also that an answer was cut short: whether it was, its connection knows.
func failureOf(err error, conn *conn) ping.Failure {
	failure := ping.FailureOf(err, conn != nil)
	var number syscall.Errno
	switch {
	case failure != ping.None || conn == nil:
		return failure
	case conn.ended.Load():
		return ping.Reset
	case errors.As(err, &number):
		return ping.None
	}
	return ping.Protocol
}

// A conn remembers when it was made, and whether its site ended it.
type conn struct {
	net.Conn
	since int64
	ended atomic.Bool
}

func (c *conn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.note(err)
	return n, err
}

func (c *conn) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	c.note(err)
	return n, err
}

func (c *conn) note(err error) {
	if err != nil && ping.FailureOf(err, true) == ping.Reset {
		c.ended.Store(true)
	}
}

// An opening is the connection of one ping, and whether it is one too many. When a site closes a kept connection, the
// client sends the request again, and no setting stops it; refusing the second connection does.
type opening struct {
	refused bool
	conn    atomic.Pointer[conn]
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
	made, err := dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	conn := &conn{Conn: made, since: contract.Now()}
	opening.conn.Store(conn)
	return conn, nil
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
