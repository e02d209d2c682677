// Stands before the system's getaddrinfo, as LD_PRELOAD: for names that end in `.silent` no name server answers.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netdb.h>
#include <string.h>
#include <unistd.h>

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **result) {
    int (*real)(const char *, const char *, const struct addrinfo *, struct addrinfo **) =
        (int (*)(const char *, const char *, const struct addrinfo *, struct addrinfo **))dlsym(RTLD_NEXT, "getaddrinfo");
    const char *end = name ? strrchr(name, '.') : NULL;
    if (end && strcmp(end, ".silent") == 0) {
        sleep(60);
        return EAI_AGAIN;
    }
    return real(name, service, hints, result);
}
