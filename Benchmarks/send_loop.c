// send_loop FILE URL [CERTIFICATE]: a PUT of a file as fast as one thread gets it out: pread and send, or with a certificate
// to trust pread and SSL_write, 512 KiB at a time. What a large file's speed is measured against.
//
//   gcc -O2 -Wall -Wextra -o send_loop Benchmarks/send_loop.c -lssl -lcrypto
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 19 };

static int connection;
static SSL *tls;

static void check(bool fine, const char *what) {
    if (fine) return;
    fprintf(stderr, "send_loop: %s\n", what);
    exit(1);
}

static void send_all(const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t sent = tls ? SSL_write(tls, bytes, (int)length) : send(connection, bytes, length, MSG_NOSIGNAL);
        check(sent > 0, "send");
        bytes += sent;
        length -= sent;
    }
}

static void open_connection(int port, const char *certificate) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int on = 1;
    connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    check(connection >= 0 && !connect(connection, (struct sockaddr *)&address, sizeof address), "connect");
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (!certificate) return;
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    check(context && SSL_CTX_load_verify_locations(context, certificate, NULL), certificate);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    tls = SSL_new(context);
    check(tls && SSL_set_fd(tls, connection) && SSL_connect(tls) == 1, "TLS");
}

static void send_file(int file, off_t size) {
    static char bytes[PIECE];
    for (off_t at = 0; at < size;) {
        ssize_t length = pread(file, bytes, PIECE, at);
        check(length > 0, "read");
        send_all(bytes, length);
        at += length;
    }
}

int main(int count, char **words) {
    check(count == 3 || count == 4, "usage: send_loop FILE URL [CERTIFICATE]");
    int file = open(words[1], O_RDONLY | O_CLOEXEC), port;
    struct stat status;
    char path[1024], head[1280], reply[4096] = "";
    check(file >= 0 && !fstat(file, &status), words[1]);
    check(sscanf(words[2], "%*[a-z]://127.0.0.1:%d%1023s", &port, path) == 2, "not a URL of this machine");
    open_connection(port, count == 4 ? words[3] : NULL);
    int length = snprintf(head, sizeof head, "PUT %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: %lld\r\n\r\n",
        path, port, (long long)status.st_size);
    send_all(head, length);
    send_file(file, status.st_size);
    ssize_t received = tls ? SSL_read(tls, reply, sizeof reply - 1) : recv(connection, reply, sizeof reply - 1, 0);
    check(received > 12 && !strncmp(reply + 9, "200", 3), reply);
    return 0;
}
