// link: links of some length and width on loopback, each a proxy that delays what passes through it.
//
//   link [--buffer SECONDS] RTT_MS UP_MBIT_S UPSTREAM_URL [RTT_MS UP_MBIT_S UPSTREAM_URL]...
//
// Prints a URL for each link once it listens. UP_MBIT_S is the rate that all connections of a link share on their way up;
// 0: no limit; =: the uplink of the link before. A line `NUMBER RTT_MS UP_MBIT_S` on standard input changes a link, the
// first is 1. `Benchmarks/links` runs it; by hand:
//
//   gcc -O2 -Wall -Wextra -o link Benchmarks/link.c && ./link 40 20 http://127.0.0.1:8400
//
// What it models: a byte takes half a round trip. A new connection can be used after one round trip. The router in front
// of the uplink holds SECONDS of its rate (1), so a link that is given too much becomes slow, and then the senders wait
// their turn. A connection may have 10 segments under way at first, more with each round trip, 4 MiB at last (slow start).
// What it does not: loss, and a rate for the way down. connect() returns at once, and the first bytes wait for the round
// trip instead: what measures a request from its beginning sees two. TLS ends behind it, so its handshake is delayed too.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <sys/resource.h>

#include "link_connection.h"

enum { MOST_LINKS = 16 };

static struct link links[MOST_LINKS];
static int link_count;

// MARK: the links

static void set_link(struct link *link, double round_trip, const char *rate) {
    link->half = round_trip / 2000;
    if (*rate == '=') return;
    link->uplink = &link->own;
    link->own.rate = atof(rate) * 125000;
}

static void take_command(void) {
    static char text[256];
    static size_t filled;
    ssize_t count = read(STDIN_FILENO, text + filled, sizeof text - 1 - filled);
    if (count <= 0) {
        epoll_ctl(epoll, EPOLL_CTL_DEL, STDIN_FILENO, NULL);
        return;
    }
    filled += count;
    text[filled] = 0;
    int number;
    double round_trip;
    char rate[32];
    for (char *end; (end = strchr(text, '\n')); memmove(text, end + 1, filled + 1)) {
        if (sscanf(text, "%d %lf %31s", &number, &round_trip, rate) == 3 && number >= 1 && number <= link_count)
            set_link(&links[number - 1], round_trip, rate);
        filled -= end + 1 - text;
    }
    if (filled == sizeof text - 1) filled = 0;
}

static void add_link(char **words) {
    check(link_count < MOST_LINKS, "links");
    struct link *link = &links[link_count++];
    const char *port = strrchr(words[2], ':');
    check(!strncmp(words[2], "http", 4) && port && atoi(port + 1), words[2]);
    link->own.timer.fire = give_room;
    if (*words[1] == '=' && link_count > 1) link->uplink = links[link_count - 2].uplink;
    set_link(link, atof(words[0]), words[1]);
    link->upstream = (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons(atoi(port + 1)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), room = 1 << 16;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    // What waits for the uplink waits with its sender: little of it is in the kernel here. Connections inherit this.
    setsockopt(listener, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    check(listener >= 0 && !bind(listener, (struct sockaddr *)&address, size) && !listen(listener, SOMAXCONN), "listen");
    check(!getsockname(listener, (struct sockaddr *)&address, &size), "getsockname");
    link->listener = listener;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = link};
    check(!epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event), "epoll_ctl");
    // https where it ends behind the link.
    printf("%.*s127.0.0.1:%d\n", strncmp(words[2], "https", 5) ? 7 : 8, words[2], ntohs(address.sin_port));
}

static void accept_all(struct link *link) {
    for (int socket; (socket = accept4(link->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;)
        open_connection(link, socket);
}

static void dispatch(struct epoll_event *event) {
    char *what = event->data.ptr;
    if (!what) take_command();
    else if (what >= (char *)links && what < (char *)(links + MOST_LINKS)) accept_all((struct link *)what);
    else serve((struct way *)what, event->events);
}

int main(int count, char **words) {
    struct rlimit files;
    if (!getrlimit(RLIMIT_NOFILE, &files)) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    int first = 1;
    if (count > 2 && !strcmp(words[1], "--buffer")) {
        buffer_seconds = atof(words[2]);
        first = 3;
    }
    if (count - first < 3 || (count - first) % 3) {
        fputs("usage: link [--buffer SECONDS] RTT_MS UP_MBIT_S UPSTREAM_URL...\n", stderr);
        return 2;
    }
    epoll = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL}, events[256];
    // A regular file, and /dev/null, cannot be watched: then there are no commands.
    epoll_ctl(epoll, EPOLL_CTL_ADD, STDIN_FILENO, &event);
    for (int i = first; i < count; i += 3) add_link(words + i);
    fflush(stdout);
    for (;;) {
        struct timespec wait = until_first_timer();
        int ready = epoll_pwait2(epoll, events, 256, &wait, NULL);
        for (int i = 0; i < ready; i++) dispatch(&events[i]);
        fire_timers();
        free_closed();
    }
}
