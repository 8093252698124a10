/* Many delays at once: timers in the heap of a loop that sleeps until the first of them is due. */
#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "../timer_heap.h"
#include "job.h"

struct delay {
    struct timer timer; /* first: the heap gives back pointers to it */
    uint32_t value;
};

struct delays {
    struct timer_heap heap;
    struct delay *all;
};

static void *open_delays(const struct job *job)
{
    struct delays *delays = allocate(1, sizeof *delays);
    delays->heap = timer_heap_make(job->size);
    delays->all = allocate(job->size, sizeof *delays->all);
    return delays;
}

static void sleep_until(int64_t due_ns)
{
    struct timespec due = {.tv_sec = due_ns / 1000000000, .tv_nsec = due_ns % 1000000000};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL) == EINTR) {
    }
}

static void perform(void *state, const struct job *job, int64_t iteration, uint32_t *values)
{
    struct delays *delays = state;
    int64_t delay_ns = job->own[0];
    for (size_t k = 0; k < job->size; k++) {
        struct delay *delay = &delays->all[k];
        delay->value = value_of(job, iteration, k);
        timer_start(&delays->heap, &delay->timer, now_ns() + delay_ns);
    }
    struct timer *first;
    while ((first = timer_first(&delays->heap)) != NULL) {
        if (first->due_ns > now_ns()) {
            sleep_until(first->due_ns);
        }
        const struct delay *delay = (const struct delay *)first;
        timer_stop(&delays->heap, first);
        values[delay - delays->all] = delay->value;
    }
}

static void close_delays(void *state)
{
    struct delays *delays = state;
    timer_heap_free(&delays->heap);
    free(delays->all);
    free(delays);
}

const struct way TIMER_HEAP = {
    .name = "timer-heap",
    .family = "timers",
    .own = {"delay_ns"},
    .open = open_delays,
    .perform = perform,
    .close = close_delays,
};
