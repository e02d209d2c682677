// sink: a server on loopback that answers both services' contracts and throws every body away unread.
// What is measured against it is the client alone: one thread, no disk, and the kernel drops the bodies without a copy.
//
//   POST /api/v1/uploads   each::labs, initiate: where to put the file, and with which headers
//   PUT  anything          storage
//   POST /v1/uploads       Figur
//   GET  /uploads          how many files have come to an end since the last time this was asked
//
// Prints its base URL once it listens. Bodies need a Content-Length.
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

enum endpoint { INITIATE, STORAGE, FIGUR, COUNT, UNKNOWN };

struct connection {
    int socket;
    bool in_body;
    enum endpoint endpoint;
    long long body_left;
    size_t filled;
    char buffer[1 << 14];
};

static char base_url[64];
static unsigned long long last_id;
static unsigned long files_ended;

static void check(bool fine, const char *what) {
    if (fine) return;
    perror(what);
    exit(1);
}

// Replies are small: they always fit the socket's buffer, and a peer that has gone is noticed at the next read.
static void send_text(int socket, const char *text, size_t length) {
    if (send(socket, text, length, MSG_NOSIGNAL) < 0 && errno != EPIPE && errno != ECONNRESET) perror("send");
}

static void reply(struct connection *connection) {
    char body[1024] = "", whole[1536];
    unsigned long long id = ++last_id;
    switch (connection->endpoint) {
    case INITIATE:
        snprintf(body, sizeof body,
            "{\"id\":\"%016llx\",\"upload_url\":\"%s/storage/%016llx\",\"public_url\":\"%s/storage/%016llx\","
            "\"status\":\"PENDING\",\"required_headers\":{\"Content-Type\":\"image/png\","
            "\"x-amz-meta-file-id\":\"%016llx\",\"x-amz-tagging\":\"uploader=customer&ttl_days=30\"}}",
            id, base_url, id, base_url, id, id);
        break;
    case FIGUR:
        files_ended++;
        snprintf(body, sizeof body, "{\"upload_key\":\"inputs/%016llx.png\",\"image_url\":\"%s/inputs/%016llx.png\"}",
            id, base_url, id);
        break;
    case STORAGE:
        files_ended++;
        break;
    case COUNT:
        snprintf(body, sizeof body, "%lu", files_ended);
        files_ended = 0;
        break;
    case UNKNOWN:
        break;
    }
    int length = snprintf(whole, sizeof whole,
        "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
        connection->endpoint == UNKNOWN ? "404 Not Found" : "200 OK", strlen(body), body);
    send_text(connection->socket, whole, length);
}

static enum endpoint endpoint_of(const char *head) {
    static const char *const starts[] = {
        [INITIATE] = "POST /api/v1/uploads ", [STORAGE] = "PUT ", [FIGUR] = "POST /v1/uploads ",
        [COUNT] = "GET /uploads "};
    for (enum endpoint endpoint = 0; endpoint < UNKNOWN; endpoint++)
        if (!strncmp(head, starts[endpoint], strlen(starts[endpoint]))) return endpoint;
    return UNKNOWN;
}

static void drop_from_buffer(struct connection *connection, size_t count) {
    connection->filled -= count;
    memmove(connection->buffer, connection->buffer + count, connection->filled);
}

static void take_head(struct connection *connection, char *end) {
    *end = 0;
    connection->endpoint = endpoint_of(connection->buffer);
    const char *length = strcasestr(connection->buffer, "\r\nContent-Length:");
    connection->body_left = length ? atoll(strchr(length, ':') + 1) : 0;
    if (strcasestr(connection->buffer, "\r\nExpect: 100-continue"))
        send_text(connection->socket, "HTTP/1.1 100 Continue\r\n\r\n", 25);
    drop_from_buffer(connection, end + 4 - connection->buffer);
    connection->in_body = true;
}

// Answers every request that the buffer completes. False where a head is longer than the buffer.
static bool take_requests(struct connection *connection) {
    for (;;) {
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
        reply(connection);
    }
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

static void serve(struct connection *connection) {
    ssize_t count = receive(connection);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count > 0 && take_requests(connection)) return;
    close(connection->socket);
    free(connection);
}

static void accept_all(int epoll, int listener) {
    int socket, on = 1;
    while ((socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct connection *connection = calloc(1, sizeof *connection);
        check(connection, "calloc");
        connection->socket = socket;
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
        check(!epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event), "epoll_ctl");
    }
}

static int listen_on_loopback(void) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    struct sockaddr *any = (struct sockaddr *)&address;
    check(listener >= 0 && !bind(listener, any, size) && !listen(listener, SOMAXCONN), "listen");
    check(!getsockname(listener, any, &size), "getsockname");
    snprintf(base_url, sizeof base_url, "http://127.0.0.1:%d", ntohs(address.sin_port));
    return listener;
}

int main(void) {
    int listener = listen_on_loopback(), epoll = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL}, events[64];
    check(epoll >= 0 && !epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event), "epoll");
    puts(base_url);
    fflush(stdout);
    for (;;) {
        int count = epoll_wait(epoll, events, 64, -1);
        for (int i = 0; i < count; i++) {
            if (events[i].data.ptr) serve(events[i].data.ptr);
            else accept_all(epoll, listener);
        }
    }
}
