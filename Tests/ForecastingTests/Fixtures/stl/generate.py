#!/usr/bin/env python3
"""Decompose log(AirPassengers) robustly with statsmodels 0.15.0, whose median of the remainders is the median.

    generate.py > statsmodels_s7_robust.json
"""
import json
import os

import numpy as np
from statsmodels.tsa.seasonal import STL

HERE = os.path.dirname(os.path.abspath(__file__))
y = np.log(np.loadtxt(os.path.join(HERE, "../theta/AirPassengers.csv"), delimiter=",", skiprows=1)[:, 1])
fit = STL(
    y, period=12, seasonal=7, trend=23, low_pass=13, seasonal_deg=0, trend_deg=1, low_pass_deg=1, robust=True,
    seasonal_jump=1, trend_jump=3, low_pass_jump=2).fit(inner_iter=1, outer_iter=15)
print(json.dumps({"seasonal": list(fit.seasonal), "trend": list(fit.trend), "weights": list(fit.weights)}))
