// The one function of gfortran's runtime that the LAPACK routines used here call: Fortran's `s1 // s2`, by which they name
// the cases of ILAENV ("L" // "N"). With it nothing of libgfortran is linked, which would bring its input and output, what it
// does before main, and libquadmath, which is under the LGPL. If a routine that calls for more is ever used, the link says so.
#include <stddef.h>
#include <string.h>

// By gfortran's calling convention since GCC 8: lengths are of the size of a pointer and texts end without a zero.
void _gfortran_concat_string(size_t length, char *joined, size_t length1, const char *s1, size_t length2, const char *s2) {
  size_t first = length1 < length ? length1 : length;
  size_t second = length2 < length - first ? length2 : length - first;
  memcpy(joined, s1, first);
  memcpy(joined + first, s2, second);
  memset(joined + first + second, ' ', length - first - second);
}
