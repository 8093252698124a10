/* Jobs that only compute, started at once: handed to threads that are kept from one iteration to the
 * next. */
#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "job.h"

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    const struct job *job;
    int64_t iteration;
    uint32_t *values;
    size_t begun, done; /* jobs of this iteration */
    bool closed;
    size_t workers, started;
    pthread_t threads[];
};

/* Turns a linear congruential generator. */
static uint32_t compute(uint32_t value, int64_t rounds)
{
    for (int64_t round = 0; round < rounds; round++) {
        value = 1664525 * value + 1013904223;
        __asm__("" : "+r"(value)); /* a round: LLVM would make one multiplication of several */
    }
    return value;
}

static void *work(void *argument)
{
    struct pool *pool = argument;
    const struct job *job = pool->job;
    pthread_mutex_lock(&pool->lock);
    while (!pool->closed) {
        if (pool->begun == job->size) {
            pthread_cond_wait(&pool->changed, &pool->lock);
            continue;
        }
        size_t k = pool->begun++;
        uint32_t value = value_of(job, pool->iteration, k);
        pthread_mutex_unlock(&pool->lock);
        value = compute(value, job->own[0]);
        pthread_mutex_lock(&pool->lock);
        pool->values[k] = value;
        if (++pool->done == job->size) {
            pthread_cond_broadcast(&pool->changed);
        }
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

static void *open_pool(const struct job *job)
{
    size_t workers = (size_t)job->own[1];
    if (workers < 1 || workers > INT32_MAX) {
        refuse("A pool has one worker to %d, not %zu.", INT32_MAX, workers);
    }
    struct pool *pool = allocate(1, sizeof *pool + workers * sizeof *pool->threads);
    pool->job = job;
    pool->begun = pool->done = job->size;
    pool->workers = workers;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->changed, NULL);
    return pool;
}

/* Starts the threads: in the first iteration, as a pool of the other languages does. */
static void start(struct pool *pool)
{
    for (; pool->started < pool->workers; pool->started++) {
        if ((errno = pthread_create(&pool->threads[pool->started], NULL, work, pool)) != 0) {
            err(1, "no thread");
        }
    }
}

static void perform(void *state, const struct job *job, int64_t iteration, uint32_t *values)
{
    struct pool *pool = state;
    start(pool);
    pthread_mutex_lock(&pool->lock);
    pool->iteration = iteration;
    pool->values = values;
    pool->begun = pool->done = 0;
    pthread_cond_broadcast(&pool->changed);
    while (pool->done < job->size) {
        pthread_cond_wait(&pool->changed, &pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
}

static void close_pool(void *state)
{
    struct pool *pool = state;
    pthread_mutex_lock(&pool->lock);
    pool->closed = true;
    pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < pool->started; i++) {
        pthread_join(pool->threads[i], NULL);
    }
    pthread_cond_destroy(&pool->changed);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

const struct way THREADS = {
    .name = "threads",
    .family = "parallel-cpu",
    .own = {"rounds", "workers"},
    .open = open_pool,
    .perform = perform,
    .close = close_pool,
};
