"""Makes hierarchies.json. Run it here: python3 generate.py

Independent of the code under test: the textbook forms, S (S' W^-1 S)^-1 S' W^-1 y with explicit inverses in numpy;
the shrinkage intensity of Schaefer and Strimmer as in R's hts::shrink.estim, loops written out; forecasts without
negatives by scipy's nnls on the whitened problem; proportions after Gross and Sohl. hierarchicalforecast is
asked too and `hierarchicalforecast` holds the largest relative difference: none but rounding for ols, structural and
variance (to which it adds 2e-8); its mint_shrink and mint_cov take the mean off the errors, which the paper does not.
"""
import json
import numpy as np
import scipy
from scipy.optimize import nnls

rng = np.random.default_rng(20260402)


def ols(S, y, W):
    i = np.linalg.inv(W)
    return S @ np.linalg.solve(S.T @ i @ S, S.T @ i @ y)


def shrink(e):
    """e: periods by series."""
    n, p = e.shape
    cov = e.T @ e / n
    x = e / np.sqrt(np.diag(cov))
    r = x.T @ x / n
    v = d = 0.0
    for i in range(p):
        for j in range(p):
            if i != j:
                w = x[:, i] * x[:, j]
                v += (np.sum(w ** 2) - np.sum(w) ** 2 / n) / (n * (n - 1))
                d += r[i, j] ** 2
    lam = min(1, max(0, v / d))
    return lam, lam * np.diag(np.diag(cov)) + (1 - lam) * cov


def case(name, A, T):
    na, nb = A.shape
    S = np.vstack([A, np.eye(nb)])
    n = na + nb
    mix = rng.standard_normal((nb, nb)) * 0.4 + np.eye(nb)
    bottom = rng.uniform(60, 200, nb)[:, None] + np.cumsum(rng.standard_normal((nb, T)).T @ mix, axis=0).T * 3
    # Published with mistakes, so that base forecasts do not add up; to three decimals.
    history = np.round(S @ bottom + rng.standard_normal((n, T)) * 2, 3)
    y, e = history[:, -1], np.diff(history, axis=1).T
    lam, shrunk = shrink(e)
    W = {"ols": np.eye(n), "structural": np.diag(S.sum(axis=1)), "variance": np.diag(np.mean(e ** 2, axis=0)),
         "shrunk": shrunk}
    if e.shape[0] > n:
        W["sample"] = e.T @ e / len(e)
    out = {"bottom-up": S @ y[na:]}
    total = history[na:].sum(axis=0)
    out["top-down(average-proportions)"] = S @ (np.mean(history[na:] / total, axis=1) * y[0])
    out["top-down(proportions-of-averages)"] = S @ (history[na:].sum(axis=1) / total.sum() * y[0])
    for k, w in W.items():
        out[f"mint({k})"] = ols(S, y, w)
    # The same again with two bottom series far below zero, and none negative in the result.
    low = y.copy()
    low[na], low[-1] = -500, -300
    nonneg = {}
    for k, w in W.items():
        L = np.linalg.inv(np.linalg.cholesky(w))
        nonneg[f"mint({k})"] = S @ nnls(L @ S, L @ low, maxiter=1000)[0]
    return {"name": name, "members": [[int(j) for j in np.flatnonzero(r)] for r in A], "history": history.tolist(),
            "shrinkage": lam, "methods": {k: v.tolist() for k, v in out.items()}, "low": low.tolist(),
            "nonnegative": {k: v.tolist() for k, v in nonneg.items()}}


tree = np.array([[1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 0, 0, 0, 0], [0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 1, 1, 0, 0],
                 [0, 0, 0, 0, 0, 1, 1]], float)
crossed = np.array([[1, 1, 1, 1, 1, 1], [1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1], [1, 0, 0, 1, 0, 0],
                    [0, 1, 0, 0, 1, 0], [0, 0, 1, 0, 0, 1]], float)
wide = np.vstack([np.ones((1, 40)), np.kron(np.eye(8), np.ones((1, 5)))])
cases = [case("tree", tree, 40), case("short tree", tree, 9), case("crossed", crossed, 60), case("wide", wide, 15)]

# One tree of which the parts lie in levels, for forecast proportions.
y = np.array([100, 55, 50, 30, 25, 20, 12, 8, 14, 16, 11, 13], float)
means = {"total": 100, "north": 55, "south": 50, "n1": 20, "n2": 12, "n3": 8, "s1": 30, "s2": 25, "s1a": 14,
         "s1b": 16, "s2a": 11, "s2b": 13}
n, s = 100 * 55 / 105, 100 * 50 / 105
s1, s2 = s * 30 / 55, s * 25 / 55
forecast_proportions = {"total": 100, "north": n, "south": s, "n1": n * 20 / 40, "n2": n * 12 / 40, "n3": n * 8 / 40,
                        "s1": s1, "s2": s2, "s1a": s1 * 14 / 30, "s1b": s1 * 16 / 30, "s2a": s2 * 11 / 24,
                        "s2b": s2 * 13 / 24}

largest = None
try:
    import hierarchicalforecast
    from hierarchicalforecast.methods import MinTrace
    largest = {"version": hierarchicalforecast.__version__}
    for c, A in zip(cases, (tree, tree, crossed, wide)):
        S = np.vstack([A, np.eye(A.shape[1])])
        h = np.array(c["history"])
        y = h[:, -1:]
        for ours, theirs in (("ols", "ols"), ("structural", "wls_struct"), ("variance", "wls_var"),
                             ("shrunk", "mint_shrink"), ("sample", "mint_cov")):
            if f"mint({ours})" not in c["methods"]:
                continue
            try:
                r = MinTrace(method=theirs).fit_predict(
                    S=S, y_hat=y, y_insample=h[:, 1:], y_hat_insample=h[:, :-1])
                r = np.asarray(r["mean"]).ravel()
                d = np.max(np.abs(r - c["methods"][f"mint({ours})"]) / np.abs(r))
                largest[ours] = max(largest.get(ours, 0), float(d))
            except Exception as error:
                largest[ours + " " + c["name"]] = str(error)
except ImportError:
    pass

json.dump({"versions": {"numpy": np.__version__, "scipy": scipy.__version__}, "hierarchicalforecast": largest,
           "cases": cases, "proportions": {"means": means, "reconciled": forecast_proportions}},
          open("hierarchies.json", "w"), indent=1)
print(largest)
