#include "ping_contract.h"

#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>

static const int64_t A_DAY_NS = INT64_C(86400) * 1000000000;

static const char *const FAILURES[] = {"refused", "reset", "timeout", "protocol"};

static const char *failure_word(int64_t failure)
{
    return FAILURES[-1 - failure];
}

/* Splits HOST:PORT or HOST, where an IPv6 address stands in brackets; false where it is neither. */
static bool split(struct text name, struct text *host, struct text *port)
{
    static const struct text http = {.bytes = "80", .length = 2};
    const char *end = name.bytes + name.length;
    const char *bracket = memchr(name.bytes, ']', name.length);
    bool is_ipv6 = name.length > 0 && name.bytes[0] == '[' && bracket != NULL;
    const char *from = is_ipv6 ? bracket + 1 : name.bytes;
    const char *colon = memchr(from, ':', (size_t)(end - from));
    const char *host_end = colon == NULL ? end : colon;
    if (is_ipv6 && host_end != from) {
        return false;
    }
    host->bytes = is_ipv6 ? name.bytes + 1 : name.bytes;
    host->length = (size_t)((is_ipv6 ? bracket : host_end) - host->bytes);
    *port = colon == NULL ? http : (struct text){colon + 1, (size_t)(end - colon - 1)};
    bool is_host = is_ipv6 || (memchr(host->bytes, '[', host->length) == NULL && bracket == NULL);
    bool is_port = port->length >= 1 && port->length <= 5;
    for (size_t i = 0; i < port->length && is_port; i++) {
        is_port = port->bytes[i] >= '0' && port->bytes[i] <= '9';
    }
    return host->length > 0 && host->length < NI_MAXHOST && is_host && is_port;
}

/* Looks a site's name up: for an IP address that is a conversion. */
static void look_up(struct site *site, const char *host, const char *port)
{
    const struct addrinfo wanted = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV};
    struct addrinfo *found;
    int error = getaddrinfo(host, port, &wanted, &found);
    if (error == 0) {
        memcpy(&site->address, found->ai_addr, found->ai_addrlen);
        site->address_length = found->ai_addrlen;
        freeaddrinfo(found);
    } else if (error == EAI_MEMORY || error == EAI_SYSTEM) {
        errx(1, "%s cannot be looked up: %s", host, gai_strerror(error));
    }
}

static struct site site_of(struct text name)
{
    struct site site = {.name = name};
    struct text host, port;
    if (!split(name, &host, &port)) {
        refuse("A site is written HOST:PORT or HOST, not '%.*s'.", (int)name.length, name.bytes);
    }
    char host_name[NI_MAXHOST], port_name[6];
    snprintf(host_name, sizeof host_name, "%.*s", (int)host.length, host.bytes);
    snprintf(port_name, sizeof port_name, "%.*s", (int)port.length, port.bytes);
    if (atoi(port_name) > 65535) {
        refuse("A site's port is 65535 at most, not %s.", port_name);
    }
    look_up(&site, host_name, port_name);
    return site;
}

static size_t count_of(struct text text, char wanted)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++) {
        count += text.bytes[i] == wanted;
    }
    return count;
}

/* Reads chains of site names, at least one site in each. */
static void read_chains(struct ping_job *job, struct text chains)
{
    /* There are no more sites than strings, and no more chains than brackets. */
    job->sites = allocate(count_of(chains, '"'), sizeof *job->sites);
    job->lengths = allocate(count_of(chains, '['), sizeof *job->lengths);
    struct json json = json_of(chains);
    bool filled = true;
    for (json_enter(&json, '['); json_more(&json, ']'); job->chains++) {
        size_t *length = &job->lengths[job->chains];
        for (json_enter(&json, '['); json_more(&json, ']'); (*length)++) {
            struct text name = json_string(&json);
            if (!json.bad) {
                job->sites[job->pings++] = site_of(name);
            }
        }
        filled = filled && *length > 0;
    }
    if (!json_over(&json) || !filled || job->chains == 0) {
        refuse("Chains must be lists of sites, none of them empty.");
    }
}

struct ping_job ping_job_of(struct raw_job raw)
{
    struct ping_job job = {.iterations = raw.iterations};
    struct text chains = {0}, connection = {0};
    struct json json = json_of(raw.params);
    int members = 0;
    for (json_enter(&json, '{'); json_more(&json, '}'); members++) {
        struct text key = json_key(&json);
        if (text_is(key, "chains")) {
            chains = json_raw(&json);
        } else if (text_is(key, "path")) {
            job.path = json_string(&json);
        } else if (text_is(key, "connection")) {
            connection = json_string(&json);
        } else if (text_is(key, "timeout_ns")) {
            job.timeout_ns = json_count(&json);
        } else {
            json.bad = true;
        }
    }
    job.keep_alive = text_is(connection, "keep-alive");
    bool understood = json_over(&json) && members == 4 && text_is(raw.family, "ping")
                      && chains.bytes != NULL && job.path.length > 0 && job.path.bytes[0] == '/'
                      && (job.keep_alive || text_is(connection, "close")) && job.timeout_ns > 0
                      && job.timeout_ns <= A_DAY_NS;
    if (!understood) {
        refuse("This program does jobs of the family ping with iterations and, in params, chains, path,"
               " connection and timeout_ns; this one differs.");
    }
    read_chains(&job, chains);
    return job;
}

struct ping_job ping_job_of_person(int count, char **chains)
{
    struct ping_job job = {
        .iterations = 1,
        .path = {.bytes = "/", .length = 1},
        .timeout_ns = INT64_C(5000000000),
        .lengths = allocate((size_t)count, sizeof *job.lengths),
    };
    size_t most = 0;
    for (int i = 0; i < count; i++) {
        most += 1 + count_of((struct text){chains[i], strlen(chains[i])}, ',');
    }
    job.sites = allocate(most, sizeof *job.sites);
    for (; job.chains < (size_t)count; job.chains++) {
        char *rest = chains[job.chains];
        for (char *name; (name = strsep(&rest, ",")) != NULL; job.lengths[job.chains]++) {
            job.sites[job.pings++] = site_of((struct text){name, strlen(name)});
        }
    }
    return job;
}

void ping_job_free(struct ping_job *job)
{
    free(job->sites);
    free(job->lengths);
}

struct ping_recording ping_recording_make(const struct ping_job *job)
{
    size_t iterations = (size_t)job->iterations, pings;
    if (__builtin_mul_overflow(iterations, job->pings, &pings)) {
        errx(1, "no memory for so many pings");
    }
    return (struct ping_recording){
        .iterations = allocate(iterations, sizeof(struct moments)),
        .pings = allocate(pings, sizeof(struct ping)),
    };
}

void ping_recording_free(struct ping_recording *recording)
{
    free(recording->iterations);
    free(recording->pings);
}

enum failure failure_of(int error, bool connected)
{
    switch (error) {
    case ECONNREFUSED: case ECONNRESET: case ECONNABORTED: case EPIPE: case EHOSTUNREACH:
    case ENETUNREACH: case EHOSTDOWN: case ENETDOWN: case ETIMEDOUT: case EACCES: case EPERM:
        return connected ? RESET : REFUSED;
    default:
        errno = error;
        err(1, connected ? "the connection to a site" : "a site cannot be connected to");
    }
}

int status_of(struct text head)
{
    const char *at = head.bytes;
    bool is_http = head.length > 12 && memcmp(at, "HTTP/1.", 7) == 0
                   && (at[7] == '0' || at[7] == '1') && at[8] == ' ' && (at[12] == ' ' || at[12] == '\r');
    int status = 0;
    for (int i = 9; i < 12 && is_http; i++) {
        is_http = at[i] >= '0' && at[i] <= '9';
        status = 10 * status + (at[i] - '0');
    }
    return is_http && status >= 100 && status <= 599 ? status : PROTOCOL;
}

static void write_moment(int64_t ns, int64_t zero_ns)
{
    if (ns == NOT_SEEN) {
        fputs("null,", stdout);
    } else {
        printf("%" PRId64 ",", ns - zero_ns);
    }
}

/* Writes a ping in the contract's words, its times counted from the start of its iteration. */
static void write_ping(const struct ping *ping, int64_t zero_ns)
{
    putchar('[');
    write_moment(ping->start_ns, zero_ns);
    write_moment(ping->connect_ns, zero_ns);
    write_moment(ping->head_ns, zero_ns);
    write_moment(ping->end_ns, zero_ns);
    if (ping->status < 0) {
        printf("\"%s\"]", failure_word(ping->status));
    } else {
        printf("%" PRId64 "]", ping->status);
    }
}

void write_pings(const struct ping_job *job, const struct ping_recording *recording)
{
    const struct ping *ping = recording->pings;
    for (int64_t i = 0; i < job->iterations; i++) {
        const struct moments *moments = &recording->iterations[i];
        begin_record(i, moments);
        fputs(",\"pings\":", stdout);
        for (size_t chain = 0; chain < job->chains; chain++) {
            for (size_t k = 0; k < job->lengths[chain]; k++) {
                fputs(k > 0 ? "," : chain > 0 ? ",[" : "[[", stdout);
                write_ping(ping++, moments->start_ns);
            }
            putchar(']');
        }
        putchar(']');
        end_record(i);
    }
}

void print_times(const struct ping_job *job, const struct ping_recording *recording)
{
    const struct moments *moments = recording->iterations;
    printf("Real time: %.6f\nTime per site: ", (double)(moments->end_ns - moments->start_ns) / 1e9);
    double total = 0;
    for (size_t i = 0; i < job->pings; i++) {
        const struct ping *ping = &recording->pings[i];
        double seconds = (double)(ping->end_ns - ping->start_ns) / 1e9;
        total += seconds;
        printf("%s%.*s %.6f", i > 0 ? ", " : "", (int)job->sites[i].name.length,
               job->sites[i].name.bytes, seconds);
        if (ping->status < 0) {
            printf(" (%s)", failure_word(ping->status));
        }
    }
    printf("\nTotal time: %.6f\n", total);
}
