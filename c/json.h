/* JSON, as much of it as a job has: read strictly, in place, from left to right. */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Some bytes of somebody else's text; no NUL ends them. */
struct text {
    const char *bytes;
    size_t length;
};

bool text_is(struct text text, const char *word);

/* A place in JSON text. What does not stand there as it must makes it `bad` for good, and then every
 * reader gives nothing, so that it is enough to look at the end. */
struct json {
    const char *at, *end;
    bool bad;
    bool fresh; /* nothing was read yet in the array or object that was entered last */
};

struct json json_of(struct text text);

/* Enters an array or object: `open` is its bracket. */
void json_enter(struct json *json, char open);

/* Whether another element or member comes, before the bracket that closes it. */
bool json_more(struct json *json, char close);

/* A member's name, and the colon behind it. */
struct text json_key(struct json *json);

/* A string without escapes: the harness writes none. */
struct text json_string(struct json *json);

/* A whole number that is not negative. */
int64_t json_count(struct json *json);

/* Any value, as it is written. */
struct text json_raw(struct json *json);

/* Whether everything was good and nothing is left. */
bool json_over(struct json *json);

#endif
