// What sink.c takes, where it is told to take less than it could: so many requests a second, so many at once, so long each.
// Included by sink.c.
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "timers.h"

struct limits {
    double rate, burst;  // requests a second, and how many may come at once where there were none before; 0: no limit
    long at_once;        // the others wait in line; 0: no limit
    bool refuse;         // instead of letting them wait
    double service;      // seconds that a request takes
};

// A request that is served, or waits to be.
struct turn {
    struct timer timer;
    struct turn *next;
};

static struct limits limits = {.burst = 1};
static double tokens, tokens_at;
static long being_served;
static struct turn *first_in_line, *last_in_line;

static bool is_too_soon(void) {
    if (limits.rate <= 0) return false;
    double time = now();
    tokens += (time - tokens_at) * limits.rate;
    tokens_at = time;
    if (tokens > limits.burst) tokens = limits.burst;
    if (tokens < 1) return true;
    tokens -= 1;
    return false;
}

static bool is_one_too_many(void) {
    return limits.refuse && limits.at_once > 0 && being_served >= limits.at_once;
}

static void serve_for_a_while(struct turn *turn) {
    being_served++;
    start_timer(&turn->timer, now() + limits.service);
}

static void take_turn(struct turn *turn) {
    if (limits.at_once <= 0 || being_served < limits.at_once) {
        serve_for_a_while(turn);
        return;
    }
    turn->next = NULL;
    if (last_in_line) last_in_line->next = turn;
    else first_in_line = turn;
    last_in_line = turn;
}

static void end_turn(void) {
    being_served--;
    struct turn *next = first_in_line;
    if (!next) return;
    first_in_line = next->next;
    if (!first_in_line) last_in_line = NULL;
    serve_for_a_while(next);
}

// Returns whether all words are options that are known.
static bool read_limits(int count, char **words) {
    for (int i = 1; i < count; i++) {
        const char *name = words[i];
        if (!strcmp(name, "--refuse")) {
            limits.refuse = true;
            continue;
        }
        if (++i == count) return false;
        double value = atof(words[i]);
        if (!strcmp(name, "--rate")) limits.rate = value;
        else if (!strcmp(name, "--burst")) limits.burst = value;
        else if (!strcmp(name, "--at-once")) limits.at_once = (long)value;
        else if (!strcmp(name, "--service")) limits.service = value / 1000;
        else return false;
    }
    tokens = limits.burst;
    tokens_at = now();
    return true;
}
