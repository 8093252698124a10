/* HTTP HEAD pings over sockets and epoll. A chain is a machine of three states, which goes on when its
 * socket has an event. Events are edge-triggered, so that a connection is registered once. */
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "ping_contract.h"
#include "timer_heap.h"

enum { HEAD_LIMIT = 16 * 1024, MOST_EVENTS = 64, NONE = -1 };

/* What came of a step: it waits for the next event, or its ping is over. */
enum progress { WAITS, OVER };

enum state { CONNECTING, SENDING, READING };

struct chain;

/* A site as its chain sees it: what is sent there, and the connection that is kept. */
struct target {
    struct chain *chain;
    const struct site *site;
    char *request;
    size_t request_length;
    int socket;
    uint64_t batch; /* of events, in which the socket was made */
    bool ended; /* nothing more will come on it */
};

struct chain {
    struct timer deadline; /* first: the heap gives back pointers to it */
    struct pings *pings;
    struct target *targets; /* one for each site */
    size_t target_count;
    struct target **order; /* the target of each ping */
    size_t length;
    size_t next; /* the ping that is under way */
    struct ping *records; /* of the pings of this iteration */
    enum state state;
    size_t sent, received;
    char answer[HEAD_LIMIT];
};

struct pings {
    const struct ping_job *job;
    int epoll;
    uint64_t batch; /* of events, from 1 */
    struct timer_heap deadlines;
    struct chain *chains;
    size_t running; /* chains that are not over */
};

/* ---- A ping ---- */

static struct ping *record_of(const struct chain *chain)
{
    return &chain->records[chain->next];
}

static void close_connection(struct target *target)
{
    if (target->socket != NONE) {
        close(target->socket); /* which takes it out of epoll */
        target->socket = NONE;
    }
}

static enum progress fail(struct chain *chain, enum failure failure)
{
    record_of(chain)->end_ns = now_ns();
    record_of(chain)->status = failure;
    timer_stop(&chain->pings->deadlines, &chain->deadline);
    close_connection(chain->order[chain->next]);
    return OVER;
}

static enum progress fail_by(struct chain *chain, int error)
{
    return fail(chain, failure_of(error, chain->state != CONNECTING));
}

static enum progress read_answer(struct chain *chain)
{
    struct target *target = chain->order[chain->next];
    for (;;) {
        if (chain->received == HEAD_LIMIT) {
            return fail(chain, PROTOCOL);
        }
        char *end = chain->answer + chain->received;
        ssize_t came = recv(target->socket, end, HEAD_LIMIT - chain->received, 0);
        if (came <= 0) {
            return came == 0 ? fail(chain, RESET) : errno == EAGAIN ? WAITS : fail_by(chain, errno);
        }
        chain->received += (size_t)came;
        /* The blank line may have begun in what came before. */
        char *from = end - chain->answer > 3 ? end - 3 : chain->answer;
        size_t length = (size_t)(chain->answer + chain->received - from);
        if (memmem(from, length, "\r\n\r\n", 4) != NULL) {
            break;
        }
    }
    int status = status_of((struct text){chain->answer, chain->received});
    if (status == PROTOCOL) {
        return fail(chain, PROTOCOL);
    }
    struct ping *record = record_of(chain);
    record->head_ns = record->end_ns = now_ns();
    record->status = status;
    timer_stop(&chain->pings->deadlines, &chain->deadline);
    if (!chain->pings->job->keep_alive) {
        close_connection(target);
    }
    return OVER;
}

static enum progress send_request(struct chain *chain)
{
    struct target *target = chain->order[chain->next];
    while (chain->sent < target->request_length) {
        const char *rest = target->request + chain->sent;
        ssize_t went = send(target->socket, rest, target->request_length - chain->sent, MSG_NOSIGNAL);
        if (went < 0) {
            return errno == EAGAIN ? WAITS : fail_by(chain, errno);
        }
        chain->sent += (size_t)went;
    }
    chain->state = READING;
    return WAITS;
}

static enum progress finish_connecting(struct chain *chain, uint32_t events)
{
    int error = 0;
    if (events & (EPOLLERR | EPOLLHUP)) {
        int socket = chain->order[chain->next]->socket;
        getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &(socklen_t){sizeof error});
    }
    if (error != 0) {
        return fail_by(chain, error);
    }
    record_of(chain)->connect_ns = now_ns();
    chain->state = SENDING;
    return send_request(chain);
}

/* Begins to connect; an event tells when that is done. */
static enum progress open_connection(struct chain *chain, struct target *target)
{
    const struct site *site = target->site;
    chain->state = CONNECTING;
    if (site->address_length == 0) {
        return fail(chain, REFUSED);
    }
    const struct sockaddr *address = (const struct sockaddr *)&site->address;
    target->socket = socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (target->socket == NONE
        || setsockopt(target->socket, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int)) != 0) {
        err(1, "a socket cannot be made");
    }
    target->batch = chain->pings->batch;
    target->ended = false;
    if (connect(target->socket, address, site->address_length) != 0 && errno != EINPROGRESS) {
        return fail_by(chain, errno);
    }
    struct epoll_event wanted = {
        .events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
        .data.ptr = target,
    };
    if (epoll_ctl(chain->pings->epoll, EPOLL_CTL_ADD, target->socket, &wanted) != 0) {
        err(1, "a socket cannot be waited for");
    }
    return WAITS;
}

/* Begins to send one HEAD request and to read the head of its answer. */
static enum progress begin_ping(struct chain *chain)
{
    int64_t start_ns = now_ns();
    struct target *target = chain->order[chain->next];
    *record_of(chain) = (struct ping){.start_ns = start_ns, .connect_ns = NOT_SEEN, .head_ns = NOT_SEEN};
    chain->sent = chain->received = 0;
    timer_start(&chain->pings->deadlines, &chain->deadline, start_ns + chain->pings->job->timeout_ns);
    if (target->socket == NONE) {
        return open_connection(chain, target);
    }
    chain->state = SENDING;
    return target->ended ? fail(chain, RESET) : send_request(chain);
}

/* Goes on with what an event of its connection allows. */
static enum progress go_on(struct target *target, uint32_t events)
{
    struct chain *chain = target->chain;
    const uint32_t ends = EPOLLRDHUP | EPOLLHUP | EPOLLERR;
    target->ended = target->ended || events & ends;
    if (chain->next == chain->length || chain->order[chain->next] != target) {
        return WAITS; /* a connection that is kept for later */
    }
    if (chain->state == CONNECTING && finish_connecting(chain, events) == OVER) {
        return OVER;
    }
    if (chain->state == SENDING && send_request(chain) == OVER) {
        return OVER;
    }
    return chain->state == READING && events & (EPOLLIN | ends) ? read_answer(chain) : WAITS;
}

/* ---- A chain, and all of them ---- */

/* Pings the targets of a chain one after another, up to one that has to wait. */
static void ping_on(struct chain *chain)
{
    while (chain->next < chain->length) {
        if (begin_ping(chain) == WAITS) {
            return;
        }
        chain->next++;
    }
    chain->pings->running--;
}

static void end_ping(struct chain *chain)
{
    chain->next++;
    ping_on(chain);
}

static void end_late_pings(struct pings *pings, int64_t at_ns)
{
    struct timer *first;
    while ((first = timer_first(&pings->deadlines)) != NULL && first->due_ns <= at_ns) {
        struct chain *chain = (struct chain *)first;
        fail(chain, TIMEOUT);
        end_ping(chain);
    }
}

/* How long to wait for events, in ms: up to the first deadline. */
static int patience_ms(const struct pings *pings, int64_t at_ns)
{
    int64_t ms = (timer_first(&pings->deadlines)->due_ns - at_ns + 999999) / 1000000;
    return ms < 0 ? 0 : ms > INT_MAX ? INT_MAX : (int)ms;
}

/* Starts all chains, and joins them. `records` has room for the pings of an iteration. */
static void ping_in_parallel(struct pings *pings, struct ping *records)
{
    pings->running = pings->job->chains;
    for (size_t i = 0; i < pings->job->chains; i++) {
        struct chain *chain = &pings->chains[i];
        chain->next = 0;
        chain->records = records;
        records += chain->length;
        ping_on(chain);
    }
    while (pings->running > 0) {
        struct epoll_event events[MOST_EVENTS];
        int count = epoll_wait(pings->epoll, events, MOST_EVENTS, patience_ms(pings, now_ns()));
        if (count < 0 && errno != EINTR) {
            err(1, "waiting for events");
        }
        pings->batch++;
        for (int i = 0; i < count; i++) {
            struct target *target = events[i].data.ptr;
            /* A socket that was made in this batch has no event in it: that is of the one before. */
            if (target->batch != pings->batch && go_on(target, events[i].events) == OVER) {
                end_ping(target->chain);
            }
        }
        end_late_pings(pings, now_ns());
    }
}

/* ---- A job ---- */

/* Returns the chain's target for a site, which is made where it comes for the first time. */
static struct target *target_of(struct chain *chain, const struct site *site)
{
    for (size_t i = 0; i < chain->target_count; i++) {
        struct text known = chain->targets[i].site->name;
        if (known.length == site->name.length && memcmp(known.bytes, site->name.bytes, known.length) == 0) {
            return &chain->targets[i];
        }
    }
    const struct ping_job *job = chain->pings->job;
    struct target *target = &chain->targets[chain->target_count++];
    *target = (struct target){.chain = chain, .site = site, .socket = NONE};
    int length = asprintf(&target->request, "HEAD %.*s HTTP/1.1\r\nHost: %.*s\r\nConnection: %s\r\n\r\n",
                          (int)job->path.length, job->path.bytes, (int)site->name.length,
                          site->name.bytes, job->keep_alive ? "keep-alive" : "close");
    if (length < 0) {
        err(1, "no memory for a request");
    }
    target->request_length = (size_t)length;
    return target;
}

static void open_chain(struct chain *chain, struct pings *pings, const struct site *sites, size_t length)
{
    chain->pings = pings;
    chain->length = length;
    chain->targets = allocate(length, sizeof *chain->targets);
    chain->order = allocate(length, sizeof(struct target *));
    for (size_t k = 0; k < length; k++) {
        chain->order[k] = target_of(chain, &sites[k]);
    }
}

static void open_pings(struct pings *pings, const struct ping_job *job)
{
    *pings = (struct pings){
        .job = job,
        .epoll = epoll_create1(EPOLL_CLOEXEC),
        .deadlines = timer_heap_make(job->chains),
        .chains = allocate(job->chains, sizeof(struct chain)),
    };
    if (pings->epoll < 0) {
        err(1, "no epoll");
    }
    const struct site *sites = job->sites;
    for (size_t i = 0; i < job->chains; i++) {
        open_chain(&pings->chains[i], pings, sites, job->lengths[i]);
        sites += job->lengths[i];
    }
}

/* Closes the connections that were kept alive. */
static void close_pings(struct pings *pings)
{
    for (size_t i = 0; i < pings->job->chains; i++) {
        struct chain *chain = &pings->chains[i];
        for (size_t k = 0; k < chain->target_count; k++) {
            close_connection(&chain->targets[k]);
            free(chain->targets[k].request);
        }
        free(chain->targets);
        free(chain->order);
    }
    free(pings->chains);
    timer_heap_free(&pings->deadlines);
    close(pings->epoll);
}

static struct ping_recording perform(const struct ping_job *job)
{
    struct ping_recording recording = ping_recording_make(job);
    struct pings pings;
    open_pings(&pings, job);
    for (int64_t i = 0; i < job->iterations; i++) {
        recording.iterations[i].start_ns = now_ns();
        ping_in_parallel(&pings, recording.pings + (size_t)i * job->pings);
        recording.iterations[i].end_ns = now_ns();
    }
    close_pings(&pings);
    return recording;
}

int main(int argc, char **argv)
{
    struct ping_job job;
    if (argc > 1) {
        job = ping_job_of_person(argc - 1, argv + 1);
    } else {
        say_ready();
        job = ping_job_of(read_job());
    }
    struct ping_recording recording = perform(&job);
    if (argc > 1) {
        print_times(&job, &recording);
    } else {
        write_pings(&job, &recording);
        say_done();
    }
    ping_recording_free(&recording);
    ping_job_free(&job);
}
