package ping

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"syscall"
)

// A Failure says why a ping has no status; it is recorded in place of the status.
type Failure int32

// What can go wrong, as the contract calls it; None for a mistake of this program or a trouble of this machine.
const (
	None Failure = -iota
	Refused
	Reset
	Timeout
	Protocol
)

func (failure Failure) String() string {
	return [...]string{"none", "refused", "reset", "timeout", "protocol"}[-failure]
}

// ErrNotHTTP says that what came is not an HTTP answer.
var ErrNotHTTP = errors.New("what came is not an HTTP answer")

// ErrEnded says that a connection ended without an answer.
var ErrEnded = io.ErrUnexpectedEOF

// FailureOf tells which failure an error of the network is.
func FailureOf(err error, connected bool) Failure {
	var number syscall.Errno
	var lookup *net.DNSError
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded):
		return Timeout
	case errors.Is(err, io.EOF), errors.Is(err, ErrEnded):
		return Reset
	case errors.Is(err, ErrNotHTTP):
		return Protocol
	case errors.As(err, &lookup), errors.As(err, &number) && network[number]:
		if connected {
			return Reset
		}
		return Refused
	}
	return None
}

// What a site or the way to it can cause, a firewall included.
var network = map[syscall.Errno]bool{
	syscall.ECONNREFUSED: true, syscall.ECONNRESET: true, syscall.ECONNABORTED: true, syscall.EPIPE: true,
	syscall.EHOSTUNREACH: true, syscall.ENETUNREACH: true, syscall.EHOSTDOWN: true, syscall.ENETDOWN: true,
	syscall.ETIMEDOUT: true, syscall.EACCES: true, syscall.EPERM: true,
}

// ValidStatus checks that an answer's status is one.
func ValidStatus(status int) (int, error) {
	if status < 100 || status > 599 {
		return 0, ErrNotHTTP
	}
	return status, nil
}
