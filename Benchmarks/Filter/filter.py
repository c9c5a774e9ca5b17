"""What a short series costs the command as a filter, and how its memory grows with the input: it should not.

usage: filter.py COMMAND

Series of about ten yearly figures with three forecast, one thread; processor time of the command alone, whatever makes its
input. A pool holds 150 series, the size of a measure for every council in England.
"""

import os
import random
import subprocess
import sys

POOL = 150


def rows(number: int, ends: int) -> bytes:
    """A series of ten figures where all end in one year, or of eight to twelve where they end in five."""
    source = random.Random(number)
    level = source.uniform(20, 200)
    figures = 10 if ends == 1 else 8 + number % ends
    return "".join(
        f"p{number // POOL:06d},s{number:08d},{2013 + year},{level + source.gauss(0, 5):.1f}\n" for year in range(figures)
    ).encode()


def run(command: str, series: int, ends: int, *options: str) -> None:
    arguments = ["forecast", "-", "--horizon=3", "--sorted", "--errors-inline", "--tally", "--format=csv", "--quiet", "--jobs=1"]
    child = subprocess.Popen(
        [command, *arguments, *options], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    child.stdin.write(b"pool,series,period,value\n")
    for number in range(series):
        child.stdin.write(rows(number, ends))
    child.stdin.close()
    tally = child.stderr.read().decode().strip()
    _, status, used = os.wait4(child.pid, 0)
    if status != 0 or f"series={series} forecast={series} " not in tally:
        sys.exit(f"the command ended with {status}: {tally}")
    seconds = used.ru_utime + used.ru_stime
    name = " ".join(options) or "each alone"
    print(f"{name:<18} {ends:>4} {series:>9,} {1e6 * seconds / series:>10.1f} {used.ru_maxrss // 1024:>8}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print(f"{'':<18} {'ends':>4} {'series':>9} {'µs a series':>10} {'peak, MB':>8}")
    for count in (5_000, 50_000, 400_000):
        run(sys.argv[1], count, 1)
    for last_years in (1, 5):
        run(sys.argv[1], 50_000, last_years, "--pool-by=pool")
