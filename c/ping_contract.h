/* Family ping of the runner contract, version 1: its jobs, its records, and a person's way to ask. */
#ifndef PING_CONTRACT_H
#define PING_CONTRACT_H

#include <sys/socket.h>

#include "contract.h"

/* A server to ping. */
struct site {
    struct text name; /* as the job writes it: HOST:PORT, or HOST for port 80 */
    struct sockaddr_storage address;
    socklen_t address_length; /* 0: its name was not found */
};

/* What to do: `iterations` times, ping all chains at once and the sites of a chain in turn. */
struct ping_job {
    int64_t iterations;
    struct site *sites; /* of all chains, one chain after another */
    size_t pings;       /* how many those are: the pings of an iteration */
    size_t *lengths;    /* of each chain */
    size_t chains;
    struct text path;
    bool keep_alive;
    int64_t timeout_ns;
};

/* In place of a moment. */
enum { NOT_SEEN = -1 };

/* Why a ping has no status; recorded in its place. */
enum failure { REFUSED = -1, RESET = -2, TIMEOUT = -3, PROTOCOL = -4 };

/* A ping: moments in ns of the monotonic clock, and a status or failure. */
struct ping {
    int64_t start_ns, connect_ns, head_ns, end_ns, status;
};

/* All pings of a job: iteration after iteration, chain after chain. */
struct ping_recording {
    struct moments *iterations;
    struct ping *pings;
};

/* Reads the job of the harness; refuses what is none. */
struct ping_job ping_job_of(struct raw_job raw);

/* The job that a person gives: a chain an argument, its sites behind commas. */
struct ping_job ping_job_of_person(int count, char **chains);

void ping_job_free(struct ping_job *job);

struct ping_recording ping_recording_make(const struct ping_job *job);

void ping_recording_free(struct ping_recording *recording);

/* Tells which failure an error of a socket is. Any other is this program's mistake or this machine's
 * trouble, and nothing to blame a site for: it ends the program. */
enum failure failure_of(int error, bool connected);

/* The status in an answer's head, or PROTOCOL: HTTP/1.0 or HTTP/1.1, a blank, three digits from 100 to
 * 599, and a blank or the line's end. */
int status_of(struct text head);

/* Sends the records of all iterations. */
void write_pings(const struct ping_job *job, const struct ping_recording *recording);

/* Prints the survey's three lines of the first iteration, in seconds. */
void print_times(const struct ping_job *job, const struct ping_recording *recording);

#endif
