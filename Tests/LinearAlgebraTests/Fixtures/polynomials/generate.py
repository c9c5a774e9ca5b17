"""Exact least squares polynomials of degree 10, by rational arithmetic.

Every abscissa, response and weight is a double taken as the exact rational number it is; the normal equations are
solved in fractions, so nothing is rounded before the last step, in which the results are written to 30 digits.

Run from this folder: python3 generate.py
"""

from fractions import Fraction
from mpmath import mp, mpf, sqrt, nstr

mp.dps = 60
DEGREE = 10


def solve(matrix, columns):
    """Gauss-Jordan elimination on fractions: the inverse of `matrix` times `columns`."""
    n = len(matrix)
    rows = [list(matrix[i]) + list(columns[i]) for i in range(n)]
    for k in range(n):
        pivot = next(i for i in range(k, n) if rows[i][k] != 0)
        rows[k], rows[pivot] = rows[pivot], rows[k]
        inverse = 1 / rows[k][k]
        rows[k] = [value * inverse for value in rows[k]]
        for i in range(n):
            if i != k and rows[i][k] != 0:
                factor = rows[i][k]
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[k])]
    return [row[n:] for row in rows]


def write(name, xs, ys, ws):
    x, y, w = ([Fraction(v) for v in values] for values in (xs, ys, ws))
    n = DEGREE + 1
    moments = [sum(wi * xi**k for wi, xi in zip(w, x)) for k in range(2 * n)]
    normal = [[moments[i + j] for j in range(n)] for i in range(n)]
    right = [
        [sum(wi * yi * xi**i for wi, xi, yi in zip(w, x, y))] + [Fraction(i == j) for j in range(n)]
        for i in range(n)
    ]
    solution = solve(normal, right)
    beta = [row[0] for row in solution]
    inverse = [row[1:] for row in solution]
    residuals = [yi - sum(b * xi**j for j, b in enumerate(beta)) for xi, yi in zip(x, y)]
    rss = sum(wi * r * r for wi, r in zip(w, residuals))
    variance = rss / (len(x) - n)
    number = lambda f: mpf(f.numerator) / mpf(f.denominator)
    with open(f"{name}_data.csv", "w") as out:
        out.write("x,y,weight\n")
        for row in zip(xs, ys, ws):
            out.write(",".join(repr(float(v)) for v in row) + "\n")
    with open(f"{name}_truth.csv", "w") as out:
        out.write("power,estimate,std_error\n")
        for j in range(n):
            error = sqrt(number(variance * inverse[j][j]))
            out.write(f"{j},{nstr(number(beta[j]), 30)},{nstr(error, 30)}\n")


def noise(i):
    """A fixed pattern without any trend: quadratic residues, between -50 and 50."""
    return (i * i * 37 + i * 11) % 101 - 50


def main():
    xs = list(range(21))
    ys = [sum(x**j for j in range(DEGREE + 1)) + 100000 * noise(x) for x in xs]
    write("wampler10", xs, ys, [1] * 21)
    write("wampler10_weighted", xs, ys, [1 + (3 * x) % 5 for x in xs])
    years = list(range(2000, 2031))
    write("years10", years, [1000 + 3 * (t - 2000) + noise(t) for t in years], [1] * 31)
    xs = [-9 + 0.073 * i for i in range(82)]
    write("negative10", xs, [0.85 + 0.001 * noise(i) + 0.01 * (i % 7) for i in range(82)], [1] * 82)


main()
