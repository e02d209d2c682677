// What sink.c replies. Included by sink.c.
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "sink_limits.h"

enum endpoint { INITIATE, STORAGE, FIGUR, COUNT, STATS, MOVE_STORAGE, UNKNOWN };

struct connection {
    struct turn turn;
    int socket;
    bool in_body, being_served, unwatched;
    enum endpoint endpoint;
    char base_url[128];
    long long body_left;
    size_t filled;
    char buffer[1 << 14];
};

static char own_url[64], storage_url[128];
static unsigned long long last_id;
static unsigned long files_ended, taken, refused;

// Replies are small: they always fit the socket's buffer, and a peer that has gone is noticed at the next read.
static void send_text(int socket, const char *text, size_t length) {
    if (send(socket, text, length, MSG_NOSIGNAL) < 0 && errno != EPIPE && errno != ECONNRESET) perror("send");
}

static void send_reply(struct connection *connection, const char *status, const char *headers, const char *body) {
    char whole[1536];
    int length = snprintf(whole, sizeof whole, "HTTP/1.1 %s\r\n%sContent-Length: %zu\r\n\r\n%s",
        status, headers, strlen(body), body);
    send_text(connection->socket, whole, length);
}

static void reply(struct connection *connection) {
    char body[1024] = "";
    unsigned long long id = ++last_id;
    const char *base = connection->base_url, *storage = *storage_url ? storage_url : base;
    switch (connection->endpoint) {
    case INITIATE:
        snprintf(body, sizeof body,
            "{\"id\":\"%016llx\",\"upload_url\":\"%s/storage/%016llx\",\"public_url\":\"%s/storage/%016llx\","
            "\"status\":\"PENDING\",\"required_headers\":{\"Content-Type\":\"image/png\","
            "\"x-amz-meta-file-id\":\"%016llx\",\"x-amz-tagging\":\"uploader=customer&ttl_days=30\"}}",
            id, storage, id, storage, id, id);
        break;
    case FIGUR:
        files_ended++;
        snprintf(body, sizeof body, "{\"upload_key\":\"inputs/%016llx.png\",\"image_url\":\"%s/inputs/%016llx.png\"}",
            id, base, id);
        break;
    case STORAGE:
        files_ended++;
        break;
    case COUNT:
        snprintf(body, sizeof body, "%lu", files_ended);
        files_ended = 0;
        break;
    case STATS:
        snprintf(body, sizeof body, "{\"files\":%lu,\"taken\":%lu,\"refused\":%lu}", files_ended, taken, refused);
        files_ended = taken = refused = 0;
        break;
    case MOVE_STORAGE:
    case UNKNOWN:
        break;
    }
    send_reply(connection, connection->endpoint == UNKNOWN ? "404 Not Found" : "200 OK",
        "Content-Type: application/json\r\n", body);
}

static void refuse(struct connection *connection, bool too_soon) {
    refused++;
    if (connection->endpoint == STORAGE)
        send_reply(connection, "503 Slow Down", "Content-Type: application/xml\r\n",
            "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>");
    else if (too_soon)
        send_reply(connection, "429 Too Many Requests", "Content-Type: application/json\r\nRetry-After: 1\r\n",
            "{\"error\":{\"code\":\"rate_limited\",\"message\":\"Too many requests\",\"request_id\":\"1\"}}");
    else
        send_reply(connection, "503 Service Unavailable", "Content-Type: application/json\r\n",
            "{\"error\":{\"code\":\"busy\",\"message\":\"Too many at once\",\"request_id\":\"1\"}}");
}
