#!/usr/bin/env python3
"""Fit one model of statsforecast or statsmodels to every training series of a truth file, on two processes.

    peers.py TRUTH.csv TASK OUT.csv      TASK: one of those listed in TASKS below

Writes `series,loglik` and prints the seconds that the fits took. The processes are started, and each has fitted one
series, before the clock starts: what is timed is fitting alone. What is written is the log-likelihood in the convention
that the comparison needs: for ARIMA that of the differenced series, evaluated exactly (statsmodels) at the coefficients
which statsforecast found, outside the clock.
"""
import csv
import gzip
import math
import sys
import time
import warnings
from collections import OrderedDict
from multiprocessing import Pool

import numpy as np

warnings.filterwarnings("ignore")
SEASON = {"yearly": 1, "quarterly": 4, "monthly": 12, "other": 1}


def series(path, frequency):
    """The training values of each series of a frequency, in the order of the file."""
    opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
    found = OrderedDict()
    with opened as file:
        for row in csv.DictReader(file):
            if row["split"] == "train" and (frequency is None or row["frequency"] == frequency):
                found.setdefault((row["series_id"], SEASON[row["frequency"]]), []).append(float(row["value"]))
    return [(name, season, np.array(values)) for (name, season), values in found.items()]


def ets(model, damped):
    def fit(item):
        from statsforecast.ets import ets_f
        name, season, y = item
        return name, float(ets_f(y, season, model=model, damped=damped)["loglik"])
    return fit


def arima(item):
    from statsforecast.arima import Arima
    name, season, y = item
    fitted = Arima(y, order=(0, 1, 1), seasonal={"order": (0, 1, 1), "period": season}, method="CSS-ML")
    coefficients = fitted["coef"]
    return name, (coefficients["ma1"], coefficients["sma1"], fitted["sigma2"])


def theta(item):
    from statsforecast.theta import auto_theta
    name, season, y = item
    fitted = auto_theta(y, season, model="DOTM")
    # Its "mse" is the sum of squared errors of the adjusted series, less the first three, over the mean size of that series.
    n, factors, adjusted = len(y), [1.0] * len(y), y
    if fitted.get("decompose"):
        ahead = fitted["seas_forecast"]["mean"]
        season_of = [float(ahead[(t - n) % season]) for t in range(n)]
        if fitted["decomposition_type"] == "multiplicative":
            factors = season_of
            adjusted = y / season_of
        else:
            adjusted = y - season_of
    squares = fitted["mse"] * max(float(abs(adjusted).mean()), 1e-10)
    return name, -0.5 * (n - 3) * math.log(squares) - sum(math.log(f) for f in factors[3:])


def trend(item):
    from statsmodels.tsa.statespace.structural import UnobservedComponents
    name, _, y = item
    model = UnobservedComponents(y, "local linear trend", use_exact_diffuse=True)
    return name, float(model.fit(disp=0, maxiter=200).llf)


TASKS = {
    "ets-damped-yearly": ("yearly", ets("AAN", True)),
    "ets-additive-monthly": ("monthly", ets("AAA", False)),
    "ets-automatic-monthly": ("monthly", ets("ZZZ", None)),
    "arima-airline-monthly": ("monthly", arima),
    "theta-dynamic-monthly": ("monthly", theta),
    "local-linear-trend": (None, trend),
}


def run(item):
    try:
        return TASK(item)
    except Exception:  # the peer could not fit it: a result, not the end of the comparison
        return item[0], None


def exact_airline(name, season, y, found):
    """The exact likelihood of the differenced series at the peer's coefficients, its variance set to the best."""
    from statsmodels.tsa.statespace.sarimax import SARIMAX
    model = SARIMAX(y, order=(0, 1, 1), seasonal_order=(0, 1, 1, season), simple_differencing=True,
                    enforce_invertibility=False, concentrate_scale=True)
    return float(model.loglike(np.array(found[:2])))


if __name__ == "__main__":
    truth, task, out = sys.argv[1:4]
    frequency, TASK = TASKS[task]
    items = series(truth, frequency)
    if len(sys.argv) > 4:
        items = items[:: int(sys.argv[4])]
    with Pool(2) as pool:
        pool.map(run, items[:2] * 2, chunksize=1)
        start = time.perf_counter()
        results = pool.map(run, items, chunksize=max(1, len(items) // 64))
        seconds = time.perf_counter() - start
    with open(out, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["series", "loglik"])
        for (name, season, y), (_, value) in zip(items, results):
            if isinstance(value, tuple):
                value = exact_airline(name, season, y, value)
            writer.writerow([name, "" if value is None else repr(value)])
    print(f"{seconds:.4f}")
