#!/usr/bin/env python3
"""The same work with statsforecast's AutoETS: read short annual series, forecast two steps with intervals, write CSV.

    peer.py INPUT.csv OUTPUT.csv PROCESSES
"""
import sys

import pandas
from statsforecast import StatsForecast
from statsforecast.models import AutoETS


def main():
    source, target, processes = sys.argv[1], sys.argv[2], int(sys.argv[3])
    rows = pandas.read_csv(source).rename(columns={"series": "unique_id", "period": "ds", "value": "y"})
    forecaster = StatsForecast(models=[AutoETS(season_length=1)], freq=1, n_jobs=processes)
    forecaster.forecast(df=rows[["unique_id", "ds", "y"]], h=2, level=[80, 95]).to_csv(target, index=False)


if __name__ == "__main__":
    main()
