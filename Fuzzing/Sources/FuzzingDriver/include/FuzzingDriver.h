#ifndef FUZZING_DRIVER_H
#define FUZZING_DRIVER_H

/// Runs libFuzzer on `LLVMFuzzerTestOneInput`, which the fuzzer that calls this defines.
int run_fuzzer(int count, char **arguments);

#endif
