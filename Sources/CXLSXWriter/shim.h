#include <xlsxwriter.h>

#include <unistd.h>

// libxlsxwriter 1.1 writes to a path and to nothing else. A file that lives in memory has one, /proc/self/fd/N, and
// leaves nothing behind when its descriptor is closed.
extern int memfd_create(const char *name, unsigned int flags);

/// Opens a file in memory that no other process inherits; -1 where the system gives none.
static inline int memory_file_open(void) { return memfd_create("workbook", 1 /* MFD_CLOEXEC */); }

/// The bytes that it holds; -1 where that cannot be told.
static inline long long memory_file_size(int file) { return (long long)lseek(file, 0, SEEK_END); }

/// Reads at most so many bytes from a place of it; -1 where that fails.
static inline long long memory_file_read(int file, void *bytes, long long count, long long offset) {
  return (long long)pread(file, bytes, (size_t)count, (off_t)offset);
}

/// Closes it, and with it everything it holds.
static inline void memory_file_close(int file) { close(file); }
