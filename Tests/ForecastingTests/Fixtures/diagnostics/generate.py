"""Makes diagnostics.json. Run it here: python3 generate.py

Independent of the code under test: scipy (shapiro, which is Royston's own AS R94; jarque_bera) and statsmodels
(acorr_ljungbox, het_arch, breakvar_heteroskedasticity_test). Ljung and Box with missing values is summed by hand.
"""
import json
import numpy as np
import scipy
from scipy import stats
import statsmodels
from statsmodels.stats.diagnostic import acorr_ljungbox, het_arch
from statsmodels.tsa.stattools._stattools import breakvar_heteroskedasticity_test

rng = np.random.default_rng(20260401)


def ar(n, rho):
    e = rng.standard_normal(n)
    for t in range(1, n):
        e[t] += rho * e[t - 1]
    return e


def arch(n):
    e = np.zeros(n)
    for t in range(n):
        e[t] = rng.standard_normal() * np.sqrt(0.3 + 0.8 * (e[t - 1] ** 2 if t else 0))
    return e


def shapiro(x):
    """AS R94 once more, with normal quantiles and tails to the last digit: scipy's own have some eight."""
    n, P = len(x), np.polynomial.polynomial.polyval
    x = np.sort(x)
    if n == 3:
        a = np.array([-np.sqrt(0.5), 0, np.sqrt(0.5)])
    else:
        m = stats.norm.ppf((np.arange(1, n + 1) - 0.375) / (n + 0.25))
        u, ss = 1 / np.sqrt(n), m @ m
        a = np.empty(n)
        last = m[-1] / np.sqrt(ss) + P(u, [0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056])
        if n > 5:
            next_ = m[-2] / np.sqrt(ss) + P(u, [0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633])
            phi = (ss - 2 * m[-1] ** 2 - 2 * m[-2] ** 2) / (1 - 2 * last ** 2 - 2 * next_ ** 2)
            a = m / np.sqrt(phi)
            a[[0, 1, -2, -1]] = [-last, -next_, next_, last]
        else:
            a = m / np.sqrt((ss - 2 * m[-1] ** 2) / (1 - 2 * last ** 2))
            a[[0, -1]] = [-last, last]
    w = (a @ x) ** 2 / np.sum((x - x.mean()) ** 2)
    if n == 3:
        return w, max(0, 6 / np.pi * (np.arcsin(np.sqrt(w)) - np.arcsin(np.sqrt(0.75))))
    if n <= 11:
        z = (-np.log(P(n, [-2.273, 0.459]) - np.log1p(-w)) - P(n, [0.544, -0.39978, 0.025054, -6.714e-4])) \
            / np.exp(P(n, [1.3822, -0.77857, 0.062767, -0.0020322]))
    else:
        z = (np.log1p(-w) - P(np.log(n), [-1.5861, -0.31082, -0.083751, 0.0038915])) \
            / np.exp(P(np.log(n), [-0.4803, -0.082676, 0.0030302]))
    return w, stats.norm.sf(z)


sequences = {
    "normal 3": rng.standard_normal(3), "normal 4": rng.standard_normal(4), "normal 5": rng.standard_normal(5),
    "normal 6": rng.standard_normal(6), "normal 9": rng.standard_normal(9), "normal 11": rng.standard_normal(11),
    "normal 12": rng.standard_normal(12), "normal 13": rng.standard_normal(13),
    "normal 25": 3 + 10 * rng.standard_normal(25), "exponential 20": rng.exponential(size=20),
    "student 60": 1e-6 * rng.standard_t(3, size=60), "persistent 40": ar(40, 0.7), "persistent 120": 1e5 * ar(120, 0.5),
    "restless 150": arch(150), "growing 90": rng.standard_normal(90) * np.linspace(0.2, 2, 90),
    "ties 30": rng.integers(-2, 3, size=30).astype(float), "uniform 1000": rng.uniform(size=1000),
}

cases = []
for name, x in sequences.items():
    n = len(x)
    w, p = stats.shapiro(x)
    case = {"name": name, "errors": [float(v) for v in x], "shapiro": [float(v) for v in shapiro(x)], "scipy_shapiro": [float(w), float(p)]}
    if n >= 8:
        jb = stats.jarque_bera(x)
        case["jarque_bera"] = [float(jb.statistic), float(jb.pvalue)]
        h, hp = breakvar_heteroskedasticity_test(x, subset_length=1 / 3, alternative="two-sided", use_f=True)
        case["variance_ratio"] = [float(h), float(hp)]
        for season, parameters in ((1, 0), (1, 2), (12, 3)):
            lags = max(1, min(2 * season if season > 1 else 10, n // 5))
            q = acorr_ljungbox(x, lags=[lags])["lb_stat"].iloc[0]
            df = max(1, lags - parameters)
            case.setdefault("ljung_box", []).append(
                {"season": season, "parameters": parameters, "values": [float(q), float(stats.chi2.sf(q, df))],
                 "degrees": df})
    if n >= 10:
        lm = het_arch(x, nlags=max(1, min(10, n // 5)))
        case["arch"] = [float(lm[0]), float(lm[1])]
    cases.append(case)

# A sequence with holes: the pairs of every lag counted one by one.
positions = [p for p in range(40) if p not in (3, 4, 11, 25, 30, 31)]
x = ar(40, 0.5)[positions]
e = x - x.mean()
at = dict(zip(positions, e))
n, lags, q, r = len(x), 6, 0.0, []
for k in range(1, lags + 1):
    pairs = [(at[p], at[p + k]) for p in positions if p + k in at]
    r.append(sum(a * b for a, b in pairs) / sum(v * v for v in e))
    q += r[-1] ** 2 / len(pairs)
q *= n * (n + 2)
gaps = {"positions": positions, "errors": [float(v) for v in x], "autocorrelations": [float(v) for v in r],
        "ljung_box": [float(q), float(stats.chi2.sf(q, lags))]}

json.dump({"versions": {"numpy": np.__version__, "scipy": scipy.__version__, "statsmodels": statsmodels.__version__},
           "cases": cases, "gaps": gaps}, open("diagnostics.json", "w"), indent=1)
