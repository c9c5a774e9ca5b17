#!/usr/bin/env python3
"""Time Needscast beside its peers, the same models on the same series, in turn, and compare what they found.

    compare.py BENCHMARK TRUTH.csv [--rounds 3] [--every 1]

BENCHMARK is the built ModelsBenchmark; TRUTH holds the M3 competition (series_id, frequency, period_index, value, split).
For each task a row: the median seconds of both and their spread, how many times as fast, and the share of series on
which Needscast's log-likelihood is no more than 0.001 below the peer's.
"""
import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
# task of peers.py, frequency, our model, the ratio that we claim, and whether log-likelihoods are of one model
TASKS = [
    ("ets-damped-yearly", "yearly", "ets(A,Ad,N,scale=natural)", 20, True),
    ("ets-additive-monthly", "monthly", "ets(A,A,A,scale=natural)", 20, True),
    ("ets-automatic-monthly", "monthly", "ets(scale=natural)", 10, False),
    ("arima-airline-monthly", "monthly", "arima(0,1,1)(0,1,1,scale=natural)", 20, True),
    ("theta-dynamic-monthly", "monthly", "theta(dynamic-optimised,scale=natural)", 5, True),
    ("local-linear-trend", "all", "local-linear-trend(scale=natural)", 50, True),
]


def seconds(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with code {done.returncode}:\n{done.stderr}")
    return float(done.stdout.split()[-1])


def logliks(path):
    with open(path) as file:
        return {row["series"]: float(row["loglik"]) if row["loglik"] else None for row in csv.DictReader(file)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("benchmark")
    parser.add_argument("truth")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only")
    options = parser.parse_args()
    print("| task | series | ours, s (spread) | peer, s (spread) | times as fast (claimed) | within 0.001 of the peer or above |")
    print("| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for task, frequency, model, claim, same in TASKS:
            if options.only and options.only not in task:
                continue
            own, peer = os.path.join(folder, "own.csv"), os.path.join(folder, "peer.csv")
            times = [[], []]
            for _ in range(options.rounds):
                times[0].append(seconds([options.benchmark, options.truth, frequency, model, own, str(options.every)]))
                times[1].append(seconds(
                    [sys.executable, os.path.join(HERE, "peers.py"), options.truth, task, peer, str(options.every)]))
            a, b = logliks(own), logliks(peer)
            both = [name for name in b if a.get(name) is not None and b[name] is not None]
            good = sum(a[name] >= b[name] - 1e-3 for name in both)
            refused = sum(value is None for value in a.values())
            told = f"{100 * good / len(both):.1f} % of {len(both)}" if same and both else "not the same model"
            if refused:
                told += f"; {refused} refused"
            ratio = statistics.median(times[1]) / statistics.median(times[0])
            def show(t): return f"{statistics.median(t):.3f} ({min(t):.3f} to {max(t):.3f})"
            print(f"| {task} | {len(a)} | {show(times[0])} | {show(times[1])} | {ratio:.0f} ({claim}) | {told} |", flush=True)


if __name__ == "__main__":
    main()
