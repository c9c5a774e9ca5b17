// LAPACKE and CBLAS as Debian's liblapacke-dev and libopenblas-dev install them.
#include <lapacke.h>
#include <cblas.h>
