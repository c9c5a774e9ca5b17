#include "AllocationCount.h"

#include <stddef.h>

#if defined(__linux__)
#include <features.h>
#endif

#if defined(__GLIBC__)

#include <stdatomic.h>

// glibc lets a program bring its own allocator and keeps its own under these names. Only the ways by which memory is asked
// for are replaced; freeing is glibc's.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static atomic_long count;

static void add(void) { atomic_fetch_add_explicit(&count, 1, memory_order_relaxed); }

void *malloc(size_t size) {
  add();
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  add();
  return __libc_calloc(number, size);
}

void *realloc(void *memory, size_t size) {
  add();
  return __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  add();
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
  add();
  void *found = __libc_memalign(alignment, size);
  if (found == NULL) return 12;
  *memory = found;
  return 0;
}

long needscast_allocation_count(void) { return atomic_load_explicit(&count, memory_order_relaxed); }

#else

long needscast_allocation_count(void) { return -1; }

#endif
