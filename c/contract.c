#include "contract.h"

#include <err.h>
#include <inttypes.h>
#include <sched.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>
#ifdef __GLIBC__
#include <gnu/libc-version.h>
#define LIBRARY ", glibc ", gnu_get_libc_version()
#else
#define LIBRARY "", ""
#endif

#ifdef __clang__
#define COMPILER "Clang " __clang_version__
#else
#define COMPILER "GCC " __VERSION__
#endif

int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void *allocate(size_t count, size_t size)
{
    void *memory = calloc(count == 0 ? 1 : count, size);
    if (memory == NULL) {
        err(1, "no memory for %zu times %zu bytes", count, size);
    }
    return memory;
}

void refuse(const char *sentence, ...)
{
    va_list arguments;
    va_start(arguments, sentence);
    vfprintf(stderr, sentence, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(2);
}

static int usable_cpus(void)
{
    cpu_set_t usable;
    return sched_getaffinity(0, sizeof usable, &usable) == 0 ? CPU_COUNT(&usable) : 1;
}

void say_ready(void)
{
    printf("{\"ready\":1,\"runtime\":\"%s%s%s\",\"cpus\":%d}\n", COMPILER, LIBRARY, usable_cpus());
    fflush(stdout);
}

struct raw_job read_job(void)
{
    static char *line;
    size_t capacity = 0;
    ssize_t length = getline(&line, &capacity, stdin);
    struct json json = json_of(length < 0 ? (struct text){"", 0} : (struct text){line, (size_t)length});
    struct raw_job job = {0};
    int members = 0;
    for (json_enter(&json, '{'); json_more(&json, '}'); members++) {
        struct text key = json_key(&json);
        if (text_is(key, "family")) {
            job.family = json_string(&json);
        } else if (text_is(key, "iterations")) {
            job.iterations = json_count(&json);
        } else if (text_is(key, "params")) {
            job.params = json_raw(&json);
        } else {
            json.bad = true;
        }
    }
    /* Of a member that comes twice another one is lacking. */
    bool whole = members == 3 && job.family.bytes != NULL && job.params.bytes != NULL;
    if (!json_over(&json) || !whole || job.iterations < 1 || job.iterations > INT32_MAX) {
        refuse("A job is a line of JSON with a family, a number of iterations and params;"
               " this one differs.");
    }
    return job;
}

void begin_record(int64_t iteration, const struct moments *moments)
{
    printf("{\"iteration\":%" PRId64 ",\"start_ns\":%" PRId64 ",\"end_ns\":%" PRId64, iteration,
           moments->start_ns, moments->end_ns);
}

void end_record(int64_t iteration)
{
    puts("}");
    if (iteration == 0) {
        fflush(stdout); /* the harness reads our memory at the first one, before we format the rest */
    }
}

void say_done(void)
{
    puts("{\"done\":true}");
    fflush(stdout);
    while (getchar() != EOF) {
    }
}
