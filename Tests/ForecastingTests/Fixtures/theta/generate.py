#!/usr/bin/env python3
"""Fit the Theta models with statsforecast 2.1.1 (pip install statsforecast) to the series beside this file and above it.

    generate.py > statsforecast.json
"""
import json
import os

import numpy as np
from statsforecast.theta import auto_theta
from statsmodels.tsa.seasonal import seasonal_decompose

HERE = os.path.dirname(os.path.abspath(__file__))
out = {}
for name, season in [("AirPassengers", 12), ("JohnsonJohnson", 4), ("Nile", 1), ("WWWusage", 1), ("sunspot.year", 1), ("uspop", 1)]:
    folder = HERE if season > 1 else os.path.dirname(HERE)
    y = np.loadtxt(os.path.join(folder, name + ".csv"), delimiter=",", skiprows=1)[:, 1]
    for model in ("DSTM", "DOTM"):
        fit = auto_theta(y.copy(), season, model=model)
        adjusted = y
        if fit.get("decompose"):
            adjusted = y / seasonal_decompose(y, model=fit["decomposition_type"], period=season).seasonal
        # What it calls "mse" is the sum of squared errors from the fourth on over the mean size of the series.
        squares = fit["mse"] * np.mean(np.abs(adjusted))
        out.setdefault(name, {})[model] = {
            "alpha": float(fit["par"]["alpha"]), "theta": float(fit["par"]["theta"]), "squares": float(squares)}
print(json.dumps(out, indent=1))
