/* The runner contract, version 1, for all families: a job comes in, the records of its iterations go
 * out. A program asks for them in this order:
 *
 *     say_ready(), read_job(), its iterations, begin_record() and end_record() for each, say_done()
 */
#ifndef CONTRACT_H
#define CONTRACT_H

#include <stdint.h>
#include <stdio.h>

#include "json.h"

/* A job as it came; what its params must hold is its family's to say. Its texts live as long as the
 * program does. */
struct raw_job {
    struct text family;
    int64_t iterations;
    struct text params;
};

/* When an iteration began and when it was over, in ns of the monotonic clock. */
struct moments {
    int64_t start_ns, end_ns;
};

/* The machine's monotonic clock, in ns. */
int64_t now_ns(void);

/* Memory for `count` things, all of it zero; ends the program where there is none. */
void *allocate(size_t count, size_t size);

/* Ends the program with status 2 and a sentence: it cannot do the job. */
_Noreturn void refuse(const char *sentence, ...) __attribute__((format(printf, 1, 2)));

void say_ready(void);

struct raw_job read_job(void);

/* Begins the record of an iteration; what the family adds to it goes to standard output. */
void begin_record(int64_t iteration, const struct moments *moments);

void end_record(int64_t iteration);

/* Ends the answer, and waits for the end of the input. */
void say_done(void);

#endif
