/* libFuzzer's own entry, for a program that has a main function of its own (the toolchain has no header for it), and
   what Glibc's module leaves out. */
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*one_input)(const uint8_t *data, size_t size));
int memfd_create(const char *name, unsigned int flags);
void *memmem(const void *text, size_t length, const void *part, size_t part_length);
