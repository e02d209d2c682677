// What a link holds on its way: pieces in the order of their bytes. Included by link_connection.h.
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

struct piece {
    struct piece *next;
    double arrives;
    size_t length, written;
    char bytes[];
};

static void check(bool fine, const char *what) {
    if (fine) return;
    perror(what);
    exit(1);
}

static void push(struct piece **first, struct piece **last, struct piece *piece) {
    piece->next = NULL;
    if (*last) (*last)->next = piece;
    else *first = piece;
    *last = piece;
}

static struct piece *pop(struct piece **first, struct piece **last) {
    struct piece *piece = *first;
    *first = piece->next;
    if (!*first) *last = NULL;
    return piece;
}

static void drop_all(struct piece **first, struct piece **last) {
    while (*first) free(pop(first, last));
}
