"""Makes the reference values of this folder. Run it here: python3 generate.py

Independent of the code under test: mpmath 1.3.0 at 60 digits, from the defining integrals and sums, rounded once to
double precision; numpy 2.4.6 for the words of Philox; scipy 1.17.1 only for where to start the searches for
quantiles, whose answers are then settled with mpmath.
"""
import csv
import mpmath as mp
import numpy as np
from scipy import stats

mp.mp.dps = 60
M = mp.mpf


class Normal:
    cases = [(0, 1), (-3.5, 0.25), (1e6, 2e3)]
    def __init__(s, m, sd): s.m, s.sd, s.d = M(m), M(sd), stats.norm(m, sd)
    def logpdf(s, x): z = (x - s.m) / s.sd; return -z * z / 2 - mp.log(2 * mp.pi) / 2 - mp.log(s.sd)
    def cdf(s, x): return mp.erfc(-(x - s.m) / s.sd / mp.sqrt(2)) / 2
    def sf(s, x): return mp.erfc((x - s.m) / s.sd / mp.sqrt(2)) / 2


class StudentT:
    cases = [(1, 0), (2.5, 0), (5, 0), (30, 0), (400, 0)]
    def __init__(s, n, _): s.n, s.d = M(n), stats.t(n)
    def logpdf(s, x):
        n = s.n
        return (mp.loggamma((n + 1) / 2) - mp.loggamma(n / 2) - mp.log(n * mp.pi) / 2
                - (n + 1) / 2 * mp.log1p(x * x / n))
    def tail(s, x): return mp.betainc(s.n / 2, M(1) / 2, 0, s.n / (s.n + x * x), regularized=True) / 2
    def cdf(s, x): return s.tail(x) if x < 0 else 1 - s.tail(x)
    def sf(s, x): return 1 - s.tail(x) if x < 0 else s.tail(x)


class Gamma:
    cases = [(0.3, 2), (1, 1), (2.5, 0.5), (50, 3), (1000, 1)]
    def __init__(s, k, t): s.k, s.t, s.d = M(k), M(t), stats.gamma(k, scale=t)
    def logpdf(s, x): return (s.k - 1) * mp.log(x) - x / s.t - mp.loggamma(s.k) - s.k * mp.log(s.t)
    def cdf(s, x): return mp.gammainc(s.k, 0, x / s.t, regularized=True)
    def sf(s, x): return mp.gammainc(s.k, x / s.t, mp.inf, regularized=True)


class Beta:
    cases = [(0.5, 0.5), (0.3, 4), (3, 0.6), (2, 3), (1, 1), (40, 160)]
    def __init__(s, a, b): s.a, s.b, s.d = M(a), M(b), stats.beta(a, b)
    def logpdf(s, x):
        a, b = s.a, s.b
        return (mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b)
                + (a - 1) * mp.log(x) + (b - 1) * mp.log1p(-x))
    def cdf(s, x): return mp.betainc(s.a, s.b, 0, x, regularized=True)
    def sf(s, x): return mp.betainc(s.b, s.a, 0, 1 - x, regularized=True)


class Count:
    """cdf and complement by summing probabilities."""
    def cdf(s, k): return mp.fsum(mp.exp(s.logpdf(M(i))) for i in range(int(k) + 1))
    def sf(s, k):
        total, i = M(0), int(k) + 1
        while s.last is None or i <= s.last:
            term = mp.exp(s.logpdf(M(i)))
            total += term
            if term < total * M(10) ** -40 and i > s.d.mean():
                break
            i += 1
        return total


class Poisson(Count):
    cases = [(0.01, 0), (0.7, 0), (9.5, 0), (230.25, 0)]
    last = None
    def __init__(s, m, _): s.m, s.d = M(m), stats.poisson(m)
    def logpdf(s, k): return k * mp.log(s.m) - s.m - mp.loggamma(k + 1)


class NegativeBinomial(Count):
    """By size and mean."""
    cases = [(0.5, 3), (4, 2.5), (25, 120), (1e10, 5), (3, 1e-6)]
    last = None
    def __init__(s, r, m):
        s.r, s.m = M(r), M(m)
        s.d = stats.nbinom(r, r / (r + m))
    def logpdf(s, k):
        p = s.r / (s.r + s.m)
        return (mp.loggamma(s.r + k) - mp.loggamma(s.r) - mp.loggamma(k + 1)
                + s.r * mp.log(p) + k * mp.log(s.m / (s.r + s.m)))


class Binomial(Count):
    cases = [(1, 0.25), (12, 0.5), (40, 0.03125), (500, 0.8125)]
    def __init__(s, n, p): s.n, s.p, s.d, s.last = M(n), M(p), stats.binom(n, p), n
    def logpdf(s, k):
        return (mp.loggamma(s.n + 1) - mp.loggamma(k + 1) - mp.loggamma(s.n - k + 1)
                + k * mp.log(s.p) + (s.n - k) * mp.log1p(-s.p))


LEVELS = [1e-10, 0.001, 0.025, 0.25, 0.5, 0.9, 0.975, 0.9999]


def quantile(d, p):
    if isinstance(d, Count):
        k = int(d.d.ppf(p))
        while k > 0 and d.cdf(k - 1) >= M(p): k -= 1
        while d.cdf(k) < M(p): k += 1
        return M(k)
    x = M(float(d.d.ppf(p)))
    for _ in range(60):  # Newton from scipy's answer
        step = (d.cdf(x) - M(p)) / mp.exp(d.logpdf(x))
        x -= step
        if abs(step) <= abs(x) * M(10) ** -30:
            break
    else:
        raise SystemExit(f"no convergence {type(d).__name__} {p}")
    return x


def show(v):
    return repr(float(v))


values, quantiles = [], []
for family in (Normal, StudentT, Gamma, Beta, Poisson, NegativeBinomial, Binomial):
    for a, b in family.cases:
        d = family(a, b)
        name = family.__name__
        points = sorted({float(d.d.ppf(p)) for p in [1e-12, *LEVELS]} | {float(d.d.isf(q)) for q in [1e-10, 1e-30]})
        for x in points:
            if isinstance(d, Beta) and not 0 < x < 1 or isinstance(d, Gamma) and x <= 0 or not np.isfinite(x):
                continue
            if isinstance(d, Count): x = max(float(int(x)), 0.0)
            l = d.logpdf(M(x))
            values.append([name, a, b, x, show(mp.exp(l)), show(l), show(d.cdf(M(x))), show(d.sf(M(x)))])
        for p in LEVELS:
            if isinstance(d, StudentT) and p == 0.5:
                continue
            quantiles.append([name, a, b, p, show(quantile(d, p))])

with open("distributions.csv", "w") as f:
    f.write("# generate.py: mpmath 1.3.0, 60 digits. Poisson and StudentT use a alone.\n")
    w = csv.writer(f, lineterminator="\n")
    w.writerow("distribution,a,b,x,density,log_density,cumulative,complement".split(","))
    w.writerows(values)
with open("quantiles.csv", "w") as f:
    f.write("# generate.py: mpmath 1.3.0, 60 digits, Newton's method on the distribution function.\n")
    w = csv.writer(f, lineterminator="\n")
    w.writerow("distribution,a,b,p,quantile".split(","))
    w.writerows(quantiles)

with open("standard_normal.csv", "w") as f:
    f.write("# generate.py: mpmath 1.3.0, 60 digits: z with P(Z <= z) = p.\n")
    f.write("p,z\n")
    d = Normal(0, 1)
    for p in [5e-324, 1e-300, 1e-100, 1e-40, 1e-16, 1e-11, 1e-9, 1e-5, 0.001, 0.02, 0.07, 0.075, 0.0751, 0.2, 0.4,
              0.49999, 0.500001, 0.6, 0.924, 0.925, 0.926, 0.99, 0.9999999, 1 - 2**-30, 1 - 2**-53]:
        # log P is nearly a parabola in z far out, so the search is on its logarithm.
        z = M(float(stats.norm.ppf(p)))
        for _ in range(60):
            c = d.cdf(z)
            step = (mp.log(c) - mp.log(M(p))) * c / mp.exp(d.logpdf(z))
            z -= step
            if abs(step) < M(10) ** -35: break
        f.write(f"{p!r},{show(z)}\n")

with open("philox.csv", "w") as f:
    f.write("# generate.py: numpy 2.4.6, Philox(counter=c, key=k).random_raw(8), hexadecimal. numpy adds 1 to the\n")
    f.write("# counter before the first block; the counter here is that of the first block, and the second block's\n")
    f.write("# is one more.\n")
    f.write("c0,c1,c2,c3,k0,k1,w0,w1,w2,w3,w4,w5,w6,w7\n")
    rng = np.random.default_rng(20)
    top = 2**64 - 1
    rows = [[1, 0, 0, 0, 0, 0], [1, 7, 0, 0, 2026, 11], [5, top, top, top, top, top]]
    rows += [[int(v) for v in rng.integers(1, 2**63, 6)] for _ in range(5)]
    for r in rows:
        before = sum(v << (64 * i) for i, v in enumerate(r[:4])) - 1
        g = np.random.Philox(counter=before, key=r[4] + (r[5] << 64))
        f.write(",".join(f"{int(v):x}" for v in r + list(g.random_raw(8))) + "\n")

with open("large_counts.csv", "w") as f:
    f.write("# generate.py: mpmath 1.3.0, 60 digits: log probabilities of a Poisson count.\n")
    f.write("mean,count,log_probability\n")
    for m, k in [(1e9, 1e9), (1e9, 1e9 + 3e4), (1e9, 1e9 - 1.5e5), (1e6, 1.01e6), (1e-300, 1.0), (50.0, 1e4)]:
        f.write(f"{m!r},{k!r},{show(M(k) * mp.log(M(m)) - M(m) - mp.loggamma(M(k) + 1))}\n")
