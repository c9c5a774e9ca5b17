#!/usr/bin/env python3
"""The same answers by numpy, all series at once: trend markers of five weighted years, XmR charts with screening and the four
rules, and comparisons with 310.

    peer.py COUNT < figures.bin

Standard input holds the raw doubles of IndicatorsBenchmark --model: values, lower and upper limits (5 each), then 24 months.
Prints the tally (rising, falling, points of special cause, better, worse), then the seconds, median of five.
"""
import sys
import time

import numpy as np


def markers(y, lower, upper):
    weight = 1 / ((upper - lower) / 3.92) ** 2
    t = np.arange(1.0, 6.0)

    def slope(w):
        s1, s3, s4 = w.sum(1), (w * t).sum(1), (w * y).sum(1)
        s2, s5 = (w * y * t).sum(1), (w * t * t).sum(1)
        determinant = s1 * s5 - s3 * s3
        return (s1 * s2 - s3 * s4) / determinant, np.sqrt(s1 / determinant)

    full, error = slope(weight)
    steady = np.ones(len(y), bool)
    for out in range(5):
        w = weight.copy()
        w[:, out] = 0
        steady &= (slope(w)[0] < 0) == (full < 0)
    told = ((full / error) ** 2 > 9.54953570608324) & steady
    return int((told & (full > 0)).sum()), int((told & (full < 0)).sum())


def signals(x):
    n, m = x.shape
    mean = x.mean(1, keepdims=True)
    ranges = np.abs(np.diff(x, axis=1))
    average = ranges.mean(1, keepdims=True)
    kept = ranges < 3.267 * average
    average = np.where(kept, ranges, 0).sum(1, keepdims=True) / kept.sum(1, keepdims=True)
    far = 2.66 * average
    near = 2 * far / 3
    side = np.sign(x - mean).astype(int)
    outside = (x > mean + far) | (x < mean - far)
    close = ~outside & ((x > mean + near) | (x < mean - near))
    flagged = outside.copy()
    step = np.sign(np.diff(x, axis=1)).astype(int)
    for i in range(m - 6):
        run = np.abs(side[:, i:i + 7].sum(1)) == 7
        flagged[:, i:i + 7] |= run[:, None]
        trend = np.abs(step[:, i:i + 6].sum(1)) == 6
        flagged[:, i:i + 7] |= trend[:, None]
    for i in range(m - 2):
        three = (close[:, i:i + 3].sum(1) >= 2) & (np.abs(side[:, i:i + 3].sum(1)) == 3)
        flagged[:, i:i + 3] |= three[:, None] & close[:, i:i + 3]
    return int(flagged.sum())


def main():
    count = int(sys.argv[1])
    data = np.frombuffer(sys.stdin.buffer.read(), dtype=np.float64)
    y, lower, upper = (data[k * 5 * count:(k + 1) * 5 * count].reshape(count, 5) for k in range(3))
    x = data[15 * count:].reshape(count, 24)
    seconds = []
    for run in range(6):
        start = time.perf_counter()
        rising, falling = markers(y, lower, upper)
        flagged = signals(x)
        better, worse = int((upper[:, 4] < 310).sum()), int((lower[:, 4] > 310).sum())
        if run:
            seconds.append(time.perf_counter() - start)
    seconds.sort()
    print(rising, falling, flagged, better, worse)
    print(f"{seconds[2]:.3f} {seconds[0]:.3f} {seconds[4]:.3f}")


if __name__ == "__main__":
    main()
