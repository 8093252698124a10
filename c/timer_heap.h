/* Timers of a loop: a binary heap, the one that is due first on top. The heap owns no timer. */
#ifndef TIMER_HEAP_H
#define TIMER_HEAP_H

#include <stddef.h>
#include <stdint.h>

/* The first member of what it belongs to, so that a pointer to one is a pointer to the other. */
struct timer {
    int64_t due_ns;
    size_t place; /* in the heap, from 1; 0 while it is not in there */
};

struct timer_heap {
    struct timer **timers; /* places 1 to `count` */
    size_t count;
};

/* A heap with room for so many timers at once. */
struct timer_heap timer_heap_make(size_t most);

void timer_heap_free(struct timer_heap *heap);

void timer_start(struct timer_heap *heap, struct timer *timer, int64_t due_ns);

/* Takes a timer out; one that is not in there is left alone. */
void timer_stop(struct timer_heap *heap, struct timer *timer);

/* The timer that is due first, or NULL. */
struct timer *timer_first(const struct timer_heap *heap);

#endif
