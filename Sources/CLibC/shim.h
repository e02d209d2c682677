#pragma once
// What Swift's Glibc module leaves out of the C library.
#include <malloc.h>
#include <pthread.h>

// Sets glibc's malloc: the bytes from which on a block is mapped by itself, those that are kept at the end of the heap,
// and how many heaps threads may have.
static inline void hoist_set_malloc(int mapped, int kept, int heaps) {
#ifdef M_ARENA_MAX
    mallopt(M_MMAP_THRESHOLD, mapped);
    mallopt(M_TRIM_THRESHOLD, kept);
    mallopt(M_ARENA_MAX, heaps);
#endif
}

// Sets how many bytes of stack threads get that do not ask for a number of their own.
static inline void hoist_set_stack(size_t bytes) {
#ifdef __GLIBC__
    extern int pthread_setattr_default_np(const pthread_attr_t *);
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0) return;
    if (pthread_attr_setstacksize(&attributes, bytes) == 0) pthread_setattr_default_np(&attributes);
    pthread_attr_destroy(&attributes);
#endif
}
