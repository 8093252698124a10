#include "json.h"

#include <string.h>

enum { DEEPEST = 32 };

bool text_is(struct text text, const char *word)
{
    return text.length == strlen(word) && memcmp(text.bytes, word, text.length) == 0;
}

struct json json_of(struct text text)
{
    return (struct json){.at = text.bytes, .end = text.bytes + text.length};
}

static void skip_blanks(struct json *json)
{
    while (json->at < json->end && strchr(" \t\r\n", *json->at) != NULL && *json->at != '\0') {
        json->at++;
    }
}

/* Takes a character, if it comes next. */
static bool take(struct json *json, char wanted)
{
    skip_blanks(json);
    if (json->bad || json->at == json->end || *json->at != wanted) {
        return false;
    }
    json->at++;
    return true;
}

static void insist_on(struct json *json, char wanted)
{
    if (!take(json, wanted)) {
        json->bad = true;
    }
}

void json_enter(struct json *json, char open)
{
    insist_on(json, open);
    json->fresh = true;
}

bool json_more(struct json *json, char close)
{
    bool first = json->fresh;
    json->fresh = false;
    if (json->bad || take(json, close)) {
        return false;
    }
    if (!first) {
        insist_on(json, ',');
    }
    return !json->bad;
}

struct text json_key(struct json *json)
{
    struct text key = json_string(json);
    insist_on(json, ':');
    return key;
}

struct text json_string(struct json *json)
{
    insist_on(json, '"');
    const char *start = json->at;
    while (json->at < json->end && *json->at != '"') {
        if (*json->at == '\\' || (unsigned char)*json->at < ' ') {
            json->bad = true;
        }
        json->at++;
    }
    struct text found = {.bytes = start, .length = (size_t)(json->at - start)};
    insist_on(json, '"');
    return json->bad ? (struct text){0} : found;
}

int64_t json_count(struct json *json)
{
    skip_blanks(json);
    const char *start = json->at;
    int64_t count = 0;
    while (json->at < json->end && *json->at >= '0' && *json->at <= '9') {
        if (__builtin_mul_overflow(count, 10, &count)
            || __builtin_add_overflow(count, *json->at - '0', &count)) {
            json->bad = true;
        }
        json->at++;
    }
    if (json->at == start) {
        json->bad = true;
    }
    return json->bad ? 0 : count;
}

/* Skips what is no string, array or object: a number or a word. */
static void skip_plain(struct json *json)
{
    const char *start = json->at;
    while (json->at < json->end && strchr(" \t\r\n,]}", *json->at) == NULL) {
        json->at++;
    }
    if (json->at == start) {
        json->bad = true;
    }
}

static void skip_value(struct json *json, int depth)
{
    skip_blanks(json);
    if (json->bad || json->at == json->end || depth == DEEPEST) {
        json->bad = true;
    } else if (*json->at == '"') {
        json_string(json);
    } else if (*json->at == '[') {
        for (json_enter(json, '['); json_more(json, ']');) {
            skip_value(json, depth + 1);
        }
    } else if (*json->at == '{') {
        for (json_enter(json, '{'); json_more(json, '}');) {
            json_key(json);
            skip_value(json, depth + 1);
        }
    } else {
        skip_plain(json);
    }
}

struct text json_raw(struct json *json)
{
    skip_blanks(json);
    const char *start = json->at;
    skip_value(json, 0);
    return json->bad ? (struct text){0}
                     : (struct text){.bytes = start, .length = (size_t)(json->at - start)};
}

bool json_over(struct json *json)
{
    skip_blanks(json);
    return !json->bad && json->at == json->end;
}
