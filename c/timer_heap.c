#include "timer_heap.h"

#include <stdlib.h>

#include "contract.h"

struct timer_heap timer_heap_make(size_t most)
{
    return (struct timer_heap){.timers = allocate(most + 1, sizeof(struct timer *))};
}

void timer_heap_free(struct timer_heap *heap)
{
    free(heap->timers);
}

static void put(struct timer_heap *heap, size_t place, struct timer *timer)
{
    heap->timers[place] = timer;
    timer->place = place;
}

/* Finds a timer's place above `place`, which is free; the later ones there move down. */
static void sift_up(struct timer_heap *heap, size_t place, struct timer *timer)
{
    while (place > 1 && timer->due_ns < heap->timers[place / 2]->due_ns) {
        put(heap, place, heap->timers[place / 2]);
        place /= 2;
    }
    put(heap, place, timer);
}

/* Finds a timer's place below `place`, which is free; the earlier ones there move up. */
static void sift_down(struct timer_heap *heap, size_t place, struct timer *timer)
{
    for (size_t child = 2 * place; child <= heap->count; child = 2 * place) {
        if (child < heap->count && heap->timers[child + 1]->due_ns < heap->timers[child]->due_ns) {
            child++;
        }
        if (timer->due_ns <= heap->timers[child]->due_ns) {
            break;
        }
        put(heap, place, heap->timers[child]);
        place = child;
    }
    put(heap, place, timer);
}

void timer_start(struct timer_heap *heap, struct timer *timer, int64_t due_ns)
{
    timer->due_ns = due_ns;
    sift_up(heap, ++heap->count, timer);
}

void timer_stop(struct timer_heap *heap, struct timer *timer)
{
    size_t place = timer->place;
    if (place == 0) {
        return;
    }
    timer->place = 0;
    struct timer *last = heap->timers[heap->count--];
    if (last == timer) {
        return;
    }
    if (place > 1 && last->due_ns < heap->timers[place / 2]->due_ns) {
        sift_up(heap, place, last);
    } else {
        sift_down(heap, place, last);
    }
}

struct timer *timer_first(const struct timer_heap *heap)
{
    return heap->count == 0 ? NULL : heap->timers[1];
}
