// Timers, the earliest first: a binary heap in which each knows its place. Included by link.c and sink.c.
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define NEVER 1e18

struct timer {
    double at; // seconds of the monotonic clock
    bool set;
    size_t place;
    void (*fire)(struct timer *);
};

static struct timer **timers;
static size_t timer_count, timer_room;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void put_timer(struct timer *timer, size_t place) {
    timers[place] = timer;
    timer->place = place;
}

// Moves a timer to where it belongs, from a place where it may be too early or too late.
static void sift_timer(struct timer *timer, size_t place) {
    for (; place > 0 && timers[(place - 1) / 2]->at > timer->at; place = (place - 1) / 2)
        put_timer(timers[(place - 1) / 2], place);
    for (size_t child; (child = 2 * place + 1) < timer_count; place = child) {
        if (child + 1 < timer_count && timers[child + 1]->at < timers[child]->at) child++;
        if (timers[child]->at >= timer->at) break;
        put_timer(timers[child], place);
    }
    put_timer(timer, place);
}

static void stop_timer(struct timer *timer) {
    if (!timer->set) return;
    timer->set = false;
    struct timer *last = timers[--timer_count];
    if (last != timer) sift_timer(last, timer->place);
}

// At NEVER it is taken out.
static void start_timer(struct timer *timer, double at) {
    if (at >= NEVER) {
        stop_timer(timer);
        return;
    }
    if (timer->set && timer->at == at) return;
    timer->at = at;
    if (timer->set) {
        sift_timer(timer, timer->place);
        return;
    }
    if (timer_count == timer_room) {
        timer_room = timer_room ? 2 * timer_room : 64;
        timers = realloc(timers, timer_room * sizeof *timers);
        if (!timers) {
            perror("realloc");
            exit(1);
        }
    }
    timer->set = true;
    sift_timer(timer, timer_count++);
}

// A minute at most: a server that waits for nothing else.
static struct timespec until_first_timer(void) {
    double wait = timer_count ? timers[0]->at - now() : 60;
    if (wait < 0) wait = 0;
    if (wait > 60) wait = 60;
    return (struct timespec){.tv_sec = (time_t)wait, .tv_nsec = (long)((wait - (time_t)wait) * 1e9)};
}

static void fire_timers(void) {
    double time = now();
    while (timer_count && timers[0]->at <= time) {
        struct timer *timer = timers[0];
        stop_timer(timer);
        timer->fire(timer);
    }
}
