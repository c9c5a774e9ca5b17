#!/usr/bin/env python3
"""The same work with pandas: read a series file, type its values and dates, and take the mean of every series.

    peer.py FILE.csv
"""
import sys

import pandas


def main():
    rows = pandas.read_csv(sys.argv[1], na_values=["c", "x", "1-7"], parse_dates=["published"])
    means = rows.groupby(["series", "area"], sort=False)["value"].mean()
    print(f"{len(means)} series, {rows['value'].count()} values, mean of means {means.mean()}")


if __name__ == "__main__":
    main()
