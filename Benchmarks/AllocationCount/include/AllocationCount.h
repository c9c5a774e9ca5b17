/// Counts the allocations of the process that it is linked into, so that "allocates nothing" is a number and not a hope.
#ifndef ALLOCATION_COUNT_H
#define ALLOCATION_COUNT_H

/// The number of allocations so far, by all threads; -1 where the C library gives no way to count them.
long needscast_allocation_count(void);

#endif
