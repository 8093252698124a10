/* The families without a network: `work WAY` does them in one way. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "job.h"

static const struct way *const WAYS[] = {&TIMER_HEAP, &THREADS};

uint32_t value_of(const struct job *job, int64_t iteration, size_t k)
{
    return (uint32_t)((uint64_t)job->seed + (uint64_t)iteration + k);
}

/* The checksum of values in their order. */
static uint32_t fold(const uint32_t *values, size_t count)
{
    uint32_t checksum = 0;
    for (size_t k = 0; k < count; k++) {
        checksum = 31 * checksum + values[k];
    }
    return checksum;
}

static const struct way *way_of(const char *name, struct text family)
{
    for (size_t i = 0; i < sizeof WAYS / sizeof *WAYS; i++) {
        if (strcmp(WAYS[i]->name, name) == 0 && text_is(family, WAYS[i]->family)) {
            return WAYS[i];
        }
    }
    refuse("There is no family '%.*s' here in the way '%s'.", (int)family.length, family.bytes, name);
}

/* The place of one of a job's params: its size, its seed, or one that the way's family has. */
static int64_t *place_of(struct text key, const struct way *way, int64_t *size, struct job *job)
{
    if (text_is(key, "size")) {
        return size;
    }
    if (text_is(key, "seed")) {
        return &job->seed;
    }
    for (int i = 0; i < MOST_OWN && way->own[i] != NULL; i++) {
        if (text_is(key, way->own[i])) {
            return &job->own[i];
        }
    }
    return NULL;
}

/* Reads a job's params, strictly: every one due, each a whole number, and no other. */
static struct job job_of(struct raw_job raw, const struct way *way)
{
    enum { NOT_GIVEN = -1 };
    struct job job = {.iterations = raw.iterations, .seed = NOT_GIVEN};
    int64_t size = NOT_GIVEN;
    for (int i = 0; i < MOST_OWN; i++) {
        job.own[i] = way->own[i] == NULL ? 0 : NOT_GIVEN;
    }
    struct json json = json_of(raw.params);
    for (json_enter(&json, '{'); json_more(&json, '}');) {
        int64_t *place = place_of(json_key(&json), way, &size, &job);
        if (place == NULL || *place != NOT_GIVEN) {
            json.bad = true;
        } else {
            *place = json_count(&json);
        }
    }
    bool all = size >= 0 && size <= INT32_MAX && job.seed >= 0;
    for (int i = 0; i < MOST_OWN; i++) {
        all = all && job.own[i] >= 0 && job.own[i] <= INT64_MAX / 2;
    }
    if (!json_over(&json) || !all) {
        refuse("A job of the family %s has the params size, seed%s%s%s%s; this one differs.",
               way->family, way->own[0] ? ", " : "", way->own[0] ? way->own[0] : "",
               way->own[1] ? ", " : "", way->own[1] ? way->own[1] : "");
    }
    job.size = (size_t)size;
    return job;
}

int main(int argc, char **argv)
{
    say_ready();
    struct raw_job raw = read_job();
    const struct way *way = way_of(argc > 1 ? argv[1] : "", raw.family);
    struct job job = job_of(raw, way);
    struct moments *moments = allocate((size_t)job.iterations, sizeof *moments);
    uint32_t *checksums = allocate((size_t)job.iterations, sizeof *checksums);
    uint32_t *values = allocate(job.size, sizeof *values);
    void *state = way->open(&job);
    for (int64_t i = 0; i < job.iterations; i++) {
        moments[i].start_ns = now_ns();
        way->perform(state, &job, i, values);
        checksums[i] = fold(values, job.size);
        moments[i].end_ns = now_ns();
    }
    for (int64_t i = 0; i < job.iterations; i++) {
        begin_record(i, &moments[i]);
        printf(",\"checksum\":%" PRIu32, checksums[i]);
        end_record(i);
    }
    say_done();
    way->close(state); /* last: memory and CPU time are read while its threads live */
    free(values);
    free(checksums);
    free(moments);
}
