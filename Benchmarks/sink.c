// sink: a server on loopback that answers both services' contracts and throws every body away unread.
// What is measured against it is the client alone: one thread, no disk, and the kernel drops the bodies without a copy.
//
//   POST /api/v1/uploads   each::labs, initiate: where to put the file, and with which headers
//   PUT  anything          storage
//   POST /v1/uploads       Figur
//   GET  /uploads          how many files have come to an end since the last time this was asked
//   GET  /stats            the same, with the requests taken and refused since the last time, as JSON
//   GET  /storage?URL      where files are to be put from now on; unless asked, here
//
// Prints its base URL once it listens; what it hands out has the address by which it was asked. Bodies need a
// Content-Length. Build it with `gcc -O2 -Wall -Wextra -o sink Benchmarks/sink.c`. It can be made a worse server:
//
//   --rate R [--burst B]    R requests a second, and no more than B (1) at once after a pause. What is too much gets 429
//                           and `Retry-After: 1`, a PUT 503 SlowDown as S3 says it
//   --at-once N [--refuse]  N requests are served at a time. The others wait in line, or get 503
//   --service MS            how long a request takes
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sink_replies.h"

static int epoll;

static void check(bool fine, const char *what) {
    if (fine) return;
    perror(what);
    exit(1);
}

static void answer(struct connection *connection) {
    if (connection->endpoint >= COUNT) {
        reply(connection);
        return;
    }
    bool too_soon = is_too_soon();
    if (too_soon || is_one_too_many()) {
        refuse(connection, too_soon);
        return;
    }
    taken++;
    if (limits.service <= 0) {
        reply(connection);
        return;
    }
    connection->being_served = true;
    take_turn(&connection->turn);
}

static enum endpoint endpoint_of(const char *head) {
    static const char *const starts[] = {
        [INITIATE] = "POST /api/v1/uploads ", [STORAGE] = "PUT ", [FIGUR] = "POST /v1/uploads ",
        [COUNT] = "GET /uploads ", [STATS] = "GET /stats ", [MOVE_STORAGE] = "GET /storage?"};
    for (enum endpoint endpoint = 0; endpoint < UNKNOWN; endpoint++)
        if (!strncmp(head, starts[endpoint], strlen(starts[endpoint]))) return endpoint;
    return UNKNOWN;
}

static void drop_from_buffer(struct connection *connection, size_t count) {
    connection->filled -= count;
    memmove(connection->buffer, connection->buffer + count, connection->filled);
}

// The address that the client used: it may have come by a link, and with TLS.
static void note_address(struct connection *connection) {
    const char *host = strcasestr(connection->buffer, "\r\nHost:");
    bool tls = strcasestr(connection->buffer, "\r\nX-Forwarded-Proto: https");
    char name[96];
    if (host && sscanf(host + 7, " %95[^\r]", name) == 1)
        snprintf(connection->base_url, sizeof connection->base_url, "%s://%s", tls ? "https" : "http", name);
    else
        snprintf(connection->base_url, sizeof connection->base_url, "%s", own_url);
}

static void take_head(struct connection *connection, char *end) {
    *end = 0;
    connection->endpoint = endpoint_of(connection->buffer);
    if (connection->endpoint == INITIATE || connection->endpoint == FIGUR) note_address(connection);
    if (connection->endpoint == MOVE_STORAGE && sscanf(connection->buffer, "GET /storage?%127s", storage_url) != 1)
        *storage_url = 0;
    const char *length = strcasestr(connection->buffer, "\r\nContent-Length:");
    connection->body_left = length ? atoll(strchr(length, ':') + 1) : 0;
    if (strcasestr(connection->buffer, "\r\nExpect: 100-continue"))
        send_text(connection->socket, "HTTP/1.1 100 Continue\r\n\r\n", 25);
    drop_from_buffer(connection, end + 4 - connection->buffer);
    connection->in_body = true;
}

// Answers every request that the buffer completes, one at a time. False where a head is longer than the buffer.
static bool take_requests(struct connection *connection) {
    while (!connection->being_served) {
        if (!connection->in_body) {
            char *end = memmem(connection->buffer, connection->filled, "\r\n\r\n", 4);
            if (!end) return connection->filled < sizeof connection->buffer;
            take_head(connection, end);
        }
        size_t left = connection->body_left, here = connection->filled < left ? connection->filled : left;
        drop_from_buffer(connection, here);
        connection->body_left -= here;
        if (connection->body_left > 0) return true;
        connection->in_body = false;
        answer(connection);
    }
    return true;
}

// Reads once: epoll tells again where there is more, and the other connections have their turn.
static ssize_t receive(struct connection *connection) {
    if (connection->in_body) {
        // With MSG_TRUNC TCP drops the bytes and copies nothing.
        size_t most = connection->body_left < 1 << 30 ? connection->body_left : 1 << 30;
        ssize_t count = recv(connection->socket, NULL, most, MSG_TRUNC);
        if (count > 0) connection->body_left -= count;
        return count;
    }
    ssize_t count = recv(connection->socket, connection->buffer + connection->filled,
        sizeof connection->buffer - connection->filled, 0);
    if (count > 0) connection->filled += count;
    return count;
}

static void watch(struct connection *connection) {
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
    check(!epoll_ctl(epoll, EPOLL_CTL_ADD, connection->socket, &event), "epoll_ctl");
}

static void serve(struct connection *connection) {
    if (connection->being_served) {
        // It has gone, or is early: either is for when its turn is over.
        epoll_ctl(epoll, EPOLL_CTL_DEL, connection->socket, NULL);
        connection->unwatched = true;
        return;
    }
    ssize_t count = receive(connection);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count > 0 && take_requests(connection)) return;
    close(connection->socket);
    free(connection);
}

static void finish_turn(struct timer *timer) {
    struct connection *connection = (struct connection *)timer;
    end_turn();
    reply(connection);
    connection->being_served = false;
    if (connection->unwatched) watch(connection);
    connection->unwatched = false;
    if (take_requests(connection)) return;
    close(connection->socket);
    free(connection);
}

static void accept_all(int listener) {
    int socket, on = 1;
    while ((socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct connection *connection = calloc(1, sizeof *connection);
        check(connection, "calloc");
        connection->socket = socket;
        connection->turn.timer.fire = finish_turn;
        watch(connection);
    }
}

static int listen_on_loopback(void) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    struct sockaddr *any = (struct sockaddr *)&address;
    check(listener >= 0 && !bind(listener, any, size) && !listen(listener, SOMAXCONN), "listen");
    check(!getsockname(listener, any, &size), "getsockname");
    snprintf(own_url, sizeof own_url, "http://127.0.0.1:%d", ntohs(address.sin_port));
    return listener;
}

int main(int count, char **words) {
    if (!read_limits(count, words)) {
        fputs("usage: sink [--rate R] [--burst B] [--at-once N] [--refuse] [--service MS]\n", stderr);
        return 2;
    }
    int listener = listen_on_loopback();
    epoll = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL}, events[64];
    check(epoll >= 0 && !epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event), "epoll");
    puts(own_url);
    fflush(stdout);
    for (;;) {
        struct timespec wait = until_first_timer();
        int ready = epoll_pwait2(epoll, events, 64, timer_count ? &wait : NULL, NULL);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.ptr) serve(events[i].data.ptr);
            else accept_all(listener);
        }
        fire_timers();
    }
}
