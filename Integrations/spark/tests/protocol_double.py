#!/usr/bin/env python3
"""A stand-in for the command that speaks its protocol, well or badly, for tests of the
conversation.

It forecasts by the last value, streams as the command does, and misbehaves as ``DOUBLE_MODE`` says.
It shares no code with the package.
"""

import csv
import io
import os
import sys
import time

MODE = os.environ.get("DOUBLE_MODE", "")


def options() -> dict[str, str]:
    named: dict[str, str] = {}
    arguments = sys.argv[1:]
    while arguments:
        name = arguments.pop(0)
        if "=" in name:
            name, _, named[name] = name.partition("=")
        elif name in ("--jobs", "--format"):
            named[name] = arguments.pop(0)
        else:
            named[name] = ""
    return named


def series_of(rows, header):
    """The rows of each series, which stand together, in the order in which they come."""
    position = {name: number for number, name in enumerate(header)}
    key, group = None, []
    for row in rows:
        this = (row[position["series"]], row[position["area"]] if "area" in position else "")
        if this != key and group:
            yield key, group
            group = []
        key = this
        group.append({name: row[number] for name, number in position.items()})
    if group:
        yield key, group


def main() -> int:
    if sys.argv[1:] == ["--version"]:
        print("0.0.1")
        return 0
    if MODE == "loader":
        sys.stderr.write(
            f"{sys.argv[0]}: error while loading shared libraries: libopenblas.so.0: cannot open "
            "shared object file: No such file or directory\n"
        )
        return 127
    named = options()
    horizon = int(named["--horizon"])
    levels = named["--levels"].split(",")
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=False)
    writer = csv.writer(out, lineterminator="\n")
    if MODE == "asleep":
        time.sleep(3600)
    if MODE == "busy":
        while True:
            pass
    reader = csv.reader(io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", newline=""))
    header = next(reader)
    columns = ["series", "period", "step", "model", "mean", "median"]
    columns += [f"{end}_{level}" for level in levels for end in ("lower", "upper")]
    columns += ["area"] * ("area" in header) + ["code", "message"]
    if MODE == "columns":
        columns[0] = "identifier"
    writer.writerow(columns)
    rows = forecasts = failures = 0
    for (name, area), group in series_of(reader, header):
        rows += len(group)
        tail = [area] * ("area" in header)
        blanks = [""] * (len(columns) - 3 - len(tail))
        known = [row["value"] for row in group if row["value"]]
        if len(known) < 4 or any(not figure(text) for text in known):
            failures += 1
            message = f'"{name}" has too few\nfigures, or one that is none'
            writer.writerow([name, *blanks, *tail, "data", message])
            continue
        last = max(group, key=lambda row: row["period"])
        value = float(last["value"])
        for step in range(1, horizon + 1):
            cells = [name, str(int(last["period"]) + step), step, "naive", value, value]
            cells += [value + sign for _ in levels for sign in (-1.0, 1.0)]
            writer.writerow([*cells, *tail, "", ""])
        forecasts += 1
        if MODE == "dies" and forecasts == 3:
            out.flush()
            sys.stderr.write("fatal: something gave way\n")
            return 70
        if MODE == "killed" and forecasts == 3:
            os.kill(os.getpid(), 9)
        if MODE == "sleeps-later" and forecasts == 3:
            out.flush()
            time.sleep(3600)
        if MODE == "deaf" and forecasts == 3:
            break
        if MODE == "corrupt" and forecasts == 3:
            out.flush()
            sys.stdout.buffer.write(b"\xff\xfe,2020,1,naive,1,1,1,1,1,1,,\n")
        if MODE == "text-for-number" and forecasts == 3:
            writer.writerow([name, "2020", "one", *blanks[1:], *tail, "", ""])
        if MODE == "closes" and forecasts == 3:
            out.flush()
            os.close(1)
            for _ in reader:
                pass
            os._exit(0)
        if MODE == "noisy":
            sys.stderr.write("x" * 1000 + "\n")
    out.flush()
    if MODE == "half-row":
        sys.stdout.buffer.write(b'last,2020,1,"nai')
        sys.stdout.buffer.flush()
    if MODE == "loses-a-row":
        rows -= 1
    if MODE == "loses-a-series":
        failures += 1
    if MODE == "silent":
        return 0
    sys.stderr.write(
        f"tally rows={rows} series={forecasts + failures} forecast={forecasts} failed={failures}\n"
    )
    return 0


def figure(text: str) -> bool:
    try:
        return abs(float(text)) < 1e15
    except ValueError:
        return False


if __name__ == "__main__":
    sys.exit(main())
