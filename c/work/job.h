/* The families without a network in the runner contract, version 1: a job in, checksums out. */
#ifndef JOB_H
#define JOB_H

#include "../contract.h"

enum { MOST_OWN = 2 };

/* What to do: a size, the seed of the values, and a family's own, in the order in which it names them. */
struct job {
    int64_t iterations;
    size_t size;
    int64_t seed;
    int64_t own[MOST_OWN];
};

/* One way of doing a family. */
struct way {
    const char *name;
    const char *family;
    const char *own[MOST_OWN]; /* the names of the family's own parameters */
    void *(*open)(const struct job *job);
    /* Does an iteration: puts each item's value, which went through it, into its place. */
    void (*perform)(void *state, const struct job *job, int64_t iteration, uint32_t *values);
    void (*close)(void *state);
};

extern const struct way TIMER_HEAP, THREADS;

/* The k-th value of an iteration. */
uint32_t value_of(const struct job *job, int64_t iteration, size_t k);

#endif
