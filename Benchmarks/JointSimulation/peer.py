#!/usr/bin/env python3
"""The same job in numpy: so many draws of 50 correlated lines over 10 years, year by year, with the quantiles of every line and total.

    peer.py DRAWS YEARS < model.txt

Standard input holds, for each line, its level, drift and volatility, then the rows of the Cholesky factor. Prints the
seconds from the first draw to the last quantile, the processor seconds, and the peak memory in megabytes.
"""
import sys
import time

import numpy as np


def peak():
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
    except (OSError, StopIteration):
        return float("nan")


def main():
    draws, years = int(sys.argv[1]), int(sys.argv[2])
    rows = [[float(word) for word in line.split()] for line in sys.stdin if line.strip()]
    lines = np.array([row for row in rows if len(row) == 3])
    factor = np.array(rows[len(lines):])
    level, drift, volatility = lines.T
    probabilities = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]
    start, used = time.perf_counter(), time.process_time()
    random = np.random.Generator(np.random.Philox(1))
    state = np.zeros((len(lines), draws))
    cumulative = np.zeros(draws)
    for year in range(1, years + 1):
        state += volatility[:, None] * (factor @ random.standard_normal((len(lines), draws)))
        values = level[:, None] * np.exp(drift[:, None] * year + state)
        total = values.sum(axis=0)
        cumulative += total
        np.quantile(values, probabilities, axis=1)
        np.quantile(total, probabilities)
        np.quantile(cumulative, probabilities)
    print(f"{time.perf_counter() - start:.3f} {time.process_time() - used:.3f} {peak():.0f}")


if __name__ == "__main__":
    main()
