// A connection through one of link.c's links: what is read at one end, when it may be, is written at the other when it has
// arrived. Included by link.c.
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "pieces.h"
#include "timers.h"

enum { PIECE = 1 << 14, FIRST_WINDOW = 14600, LAST_WINDOW = 1 << 22 };

struct way;

struct uplink {
    struct timer timer; // when there is room again
    double rate, free_at; // bytes a second; when the last byte that it holds will have left
    struct way *first_waiting, *last_waiting;
};

struct link {
    double half; // of a round trip, in seconds
    int listener;
    struct uplink own, *uplink;
    struct sockaddr_in upstream;
};

// One direction of a connection. What is read waits in `pieces` until it arrives, and then counts as under way until its
// acknowledgement is back.
struct way {
    struct timer timer;
    struct connection *connection;
    int from, to;
    bool up, readable, writable, ended, shut, waiting;
    struct piece *first, *last;
    struct piece *first_unacknowledged, *last_unacknowledged;
    size_t under_way, window;
    struct way *next_waiting;
};

struct connection {
    struct link *link;
    struct way ways[2];
    double open_at;
    bool closed;
    struct connection *next_closed;
};

static int epoll;
static double buffer_seconds = 1;
// Freed when the events that may still name them have been seen.
static struct connection *closed;

static void close_connection(struct connection *connection) {
    for (int i = 0; i < 2; i++) {
        struct way *way = &connection->ways[i];
        drop_all(&way->first, &way->last);
        drop_all(&way->first_unacknowledged, &way->last_unacknowledged);
        stop_timer(&way->timer);
        close(way->from);
    }
    connection->closed = true;
    connection->next_closed = closed;
    closed = connection;
}

// MARK: reading, as far as the window and the uplink let it

static bool has_room(struct uplink *uplink) {
    return uplink->rate <= 0 || uplink->free_at - now() < buffer_seconds;
}

static double leaves_at(struct way *way, size_t length) {
    struct uplink *uplink = way->connection->link->uplink;
    double at = now();
    if (!way->up || uplink->rate <= 0) return at;
    if (uplink->free_at > at) at = uplink->free_at;
    return uplink->free_at = at + length / uplink->rate;
}

static void set_timer(struct way *way) {
    double at = way->window ? NEVER : way->connection->open_at;
    if (way->first_unacknowledged) at = way->first_unacknowledged->arrives;
    if (way->first && way->writable && way->first->arrives < at) at = way->first->arrives;
    start_timer(&way->timer, at);
}

static bool may_read(struct way *way) {
    return way->readable && !way->ended && way->under_way < way->window;
}

static void read_piece(struct way *way) {
    size_t room = way->window - way->under_way;
    static char bytes[PIECE];
    ssize_t length = read(way->from, bytes, room < PIECE ? room : PIECE);
    if (length <= 0) {
        way->readable = false;
        if (length == 0 || (errno != EAGAIN && errno != EINTR)) way->ended = true;
        return;
    }
    struct piece *piece = malloc(sizeof *piece + length);
    check(piece, "malloc");
    memcpy(piece->bytes, bytes, length);
    piece->length = length;
    piece->written = 0;
    piece->arrives = leaves_at(way, length) + way->connection->link->half;
    // Bytes stay in order, also where the link has become shorter.
    if (way->last && way->last->arrives > piece->arrives) piece->arrives = way->last->arrives;
    way->under_way += length;
    push(&way->first, &way->last, piece);
    set_timer(way);
}

static void wait_for_uplink(struct way *way) {
    struct uplink *uplink = way->connection->link->uplink;
    if (way->waiting) return;
    way->waiting = true;
    way->next_waiting = NULL;
    if (uplink->last_waiting) uplink->last_waiting->next_waiting = way;
    else uplink->first_waiting = way;
    uplink->last_waiting = way;
    if (!uplink->timer.set) start_timer(&uplink->timer, uplink->free_at - buffer_seconds);
}

static void finish(struct way *way) {
    struct way *other = &way->connection->ways[way->up ? 1 : 0];
    if (!way->ended || way->first) return;
    if (!way->shut) shutdown(way->to, SHUT_WR);
    way->shut = true;
    if (other->shut) close_connection(way->connection);
}

static void read_what_may_be(struct way *way) {
    while (may_read(way)) {
        // Each has its turn, one piece at a time.
        if (way->up && (way->waiting || way->connection->link->uplink->first_waiting
                || !has_room(way->connection->link->uplink))) {
            wait_for_uplink(way);
            break;
        }
        read_piece(way);
    }
    finish(way);
}

static void give_room(struct timer *timer) {
    struct uplink *uplink = (struct uplink *)timer;
    while (uplink->first_waiting && has_room(uplink)) {
        struct way *way = uplink->first_waiting;
        uplink->first_waiting = way->next_waiting;
        if (!uplink->first_waiting) uplink->last_waiting = NULL;
        way->waiting = false;
        if (way->connection->closed) continue;
        if (may_read(way)) read_piece(way);
        if (may_read(way)) wait_for_uplink(way);
        else finish(way);
    }
    if (uplink->first_waiting) start_timer(&uplink->timer, uplink->free_at - buffer_seconds);
}

// MARK: writing what has arrived

static void give_up(struct way *way) {
    drop_all(&way->first, &way->last);
    way->ended = true;
}

static void write_piece(struct way *way) {
    struct piece *piece = way->first;
    ssize_t written = send(way->to, piece->bytes + piece->written, piece->length - piece->written, MSG_NOSIGNAL);
    if (written < 0 && (errno == EAGAIN || errno == EINTR)) {
        way->writable = false;
    } else if (written < 0) {
        give_up(way);
    } else if ((piece->written += written) == piece->length) {
        pop(&way->first, &way->last);
        piece->arrives += way->connection->link->half;
        push(&way->first_unacknowledged, &way->last_unacknowledged, piece);
    }
}

static void acknowledge(struct way *way) {
    struct piece *piece = pop(&way->first_unacknowledged, &way->last_unacknowledged);
    way->under_way -= piece->length;
    way->window = way->window + piece->length < LAST_WINDOW ? way->window + piece->length : LAST_WINDOW;
    free(piece);
}

static void move(struct timer *timer) {
    struct way *way = (struct way *)timer;
    double time = now();
    while (way->writable && way->first && way->first->arrives <= time) write_piece(way);
    while (way->first_unacknowledged && way->first_unacknowledged->arrives <= time) acknowledge(way);
    if (!way->window && way->connection->open_at <= time) way->window = FIRST_WINDOW;
    set_timer(way);
    read_what_may_be(way);
}

// MARK: connections

static void watch(int socket, struct way *way) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = way};
    check(!epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event), "epoll_ctl");
}

static void open_connection(struct link *link, int client) {
    int on = 1, upstream = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    check(upstream >= 0, "socket");
    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(upstream, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    // Where this fails at once, so does the first write.
    connect(upstream, (struct sockaddr *)&link->upstream, sizeof link->upstream);
    struct connection *connection = calloc(1, sizeof *connection);
    check(connection, "calloc");
    connection->link = link;
    connection->open_at = now() + 2 * link->half;
    for (int i = 0; i < 2; i++) {
        connection->ways[i] = (struct way){
            .timer.fire = move, .connection = connection, .from = i ? upstream : client, .to = i ? client : upstream,
            .up = !i, .writable = i};
        set_timer(&connection->ways[i]);
    }
    watch(client, &connection->ways[0]);
    watch(upstream, &connection->ways[1]);
}

static void serve(struct way *from, unsigned events) {
    struct connection *connection = from->connection;
    struct way *to = &connection->ways[from->up ? 1 : 0];
    if (events & (EPOLLOUT | EPOLLERR)) to->writable = true;
    if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) from->readable = true;
    if (!connection->closed) move(&to->timer);
    if (!connection->closed) move(&from->timer);
}

static void free_closed(void) {
    for (struct connection **place = &closed; *place;) {
        struct connection *connection = *place;
        if (connection->ways[0].waiting) {
            place = &connection->next_closed;
        } else {
            *place = connection->next_closed;
            free(connection);
        }
    }
}
