"""Reference values of vectors and matrices, and of numbers with parameters that are vectors, at extreme parameters, in the format of SCHEMA.md: python3 extreme_multivariate.py [FAMILY...] > extreme_multivariate.json

Densities are the textbook formulas in mpmath at 60 digits, gradients their differences at 400. What rounding the arguments moves by more than a third of the tolerance
is left out. Nothing here is taken from ProbNet. Gradients of symmetric matrices are symmetric, those of triangular ones are triangular.
"""
import json
import random
import sys

import mpmath as mp
from mpmath import mpf, log, sqrt, pi

mp.mp.dps = 60
FAMILIES = {}
SYMMETRIC, LOWER = {"covariance", "precision"}, {"scale_tril", "row_tril", "col_tril"}


def family(cls):
    FAMILIES[cls.__name__] = cls
    return cls


# ---- small matrices, as lists of rows ----

def transposed(a):
    return [list(row) for row in zip(*a)]


def product(a, b):
    return [[mp.fdot(row, column) for column in zip(*b)] for row in a]


def solve_lower(lower, b):
    """Columns of b by forward substitution."""
    out = []
    for i, row in enumerate(lower):
        out.append([(b[i][c] - mp.fsum(row[j] * out[j][c] for j in range(i))) / row[i] for c in range(len(b[0]))])
    return out


def cholesky(a):
    n = len(a)
    lower = [[mpf(0)] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            rest = (a[i][j] + a[j][i]) / 2 - mp.fsum(lower[i][k] * lower[j][k] for k in range(j))
            lower[i][j] = sqrt(rest) if i == j else rest / lower[j][j]
    return lower


def log_diagonal(lower):
    return mp.fsum(log(row[i]) for i, row in enumerate(lower))


def square(a):
    return mp.fsum(x * x for row in a for x in row)


def column(x):
    return [[v] for v in x]


def normal(x, loc, lower):
    z = solve_lower(lower, column([a - b for a, b in zip(x, loc)]))
    return -square(z) / 2 - log_diagonal(lower) - len(x) * log(2 * pi) / 2


def log_gamma_n(n, a):
    return mpf(n * (n - 1)) / 4 * log(pi) + mp.fsum(mp.loggamma(a - mpf(j) / 2) for j in range(n))


def log_sum_exp(terms):
    top = max(terms)
    return top + log(mp.fsum(mp.exp(t - top) for t in terms))


def symmetric(lower):
    return product(lower, transposed(lower))


def rounded(x):
    return [rounded(v) for v in x] if isinstance(x, list) else mpf(float(x))


def shifted(loc, lower, *zs):
    """loc + L·z for each z, in doubles."""
    return [rounded([a + mp.fdot(row, z) for a, row in zip(loc, lower)]) for z in zs]


def M(rows):
    return [[mpf(x) for x in row] for row in rows]


def V(xs):
    return [mpf(x) for x in xs]


Z2 = [V([0, 0]), V(["0.3", "-1.2"]), V([40, -7]), V(["1e5", "-3e4"])]
Z3 = [V([0, 0, 0]), V(["0.3", "-1.2", "0.7"]), V([40, -7, 25]), V(["1e5", "-3e4", "2e5"])]


# ---- families ----

NORMALS = [
    (V(["1e8", "-1e8"]), M([["1e-3", 0], ["5e-4", "2e-3"]]), Z2),
    (V([0, 0]), M([[1, 0], [1, "1e-8"]]), Z2),
    (V([1, -2, 3]), M([["1e-100", 0, 0], [0, 1, 0], [0, "1e50", "1e100"]]), Z3),
    (V([0, 0, 0]), M([["1e-8", 0, 0], ["1e-2", "1e-3", 0], [3000, -50, 700]]), Z3),
    (V([0, 1, 2]), M([[1, 0, 0], ["0.9999", "1e-2", 0], ["-0.9999", "1e-4", "1e-2"]]), Z3),
]


@family
class MultivariateNormalTril:
    cases = [(dict(loc=loc, scale_tril=lower), shifted(loc, lower, *z)) for loc, lower, z in NORMALS]
    def logpdf(x, loc, scale_tril): return normal(x, loc, scale_tril)
    def entropy(loc, scale_tril): return len(loc) * (1 + log(2 * pi)) / 2 + log_diagonal(scale_tril)
    def variance(loc, scale_tril): return [square([row]) for row in scale_tril]


@family
class MultivariateNormalCov:
    cases = [(dict(loc=loc, covariance=rounded(symmetric(lower))), shifted(loc, lower, *z)) for loc, lower, z in NORMALS[:1] + NORMALS[2:]]
    def logpdf(x, loc, covariance): return normal(x, loc, cholesky(covariance))
    def entropy(loc, covariance): return len(loc) * (1 + log(2 * pi)) / 2 + log_diagonal(cholesky(covariance))


@family
class MultivariateNormalPrecision:
    def logpdf(x, loc, precision):
        lower = cholesky(precision)
        return log_diagonal(lower) - square(product(transposed(lower), column([a - b for a, b in zip(x, loc)]))) / 2 - len(x) * log(2 * pi) / 2
    def entropy(loc, precision): return len(loc) * (1 + log(2 * pi)) / 2 - log_diagonal(cholesky(precision))


def precision_case(loc, lower, zs):
    inverse = transposed(solve_lower(lower, [[mpf(i == j) for j in range(len(loc))] for i in range(len(loc))]))
    return dict(loc=loc, precision=rounded(symmetric(lower))), shifted(loc, inverse, *zs)


MultivariateNormalPrecision.cases = [precision_case(*case) for case in NORMALS[:1] + NORMALS[2:]]


@family
class LowRankMultivariateNormal:
    cases = [
        (dict(loc=V([0, 0, 0]), cov_factor=M([[1, 2], [-1, "0.5"], [3, 1]]), cov_diag=V(["1e-10", "1e-8", "1e-9"])), [V([0, 0, 0]), V([3, "-0.5", 4]), V([1, 1, 1])]),
        (dict(loc=V(["1e6", 0, "-1e6"]), cov_factor=M([["1e-6"], ["1e-4"], ["1e-7"]]), cov_diag=V([1, "1e-6", "1e6"])), [V(["1e6", "1e-3", 0]), V(["1000010", "-0.2", "-1e6"])]),
        (dict(loc=V([0, 0, 0, 0]), cov_factor=M([["1e8"], ["-1e8"], ["1e6"], ["1e-6"]]), cov_diag=V([1, 1, 1, 1])), [V([1, 2, 3, 4]), V(["3e8", "-3e8", "3e6", 0])]),
    ]
    def logpdf(x, loc, cov_factor, cov_diag):
        covariance = product(cov_factor, transposed(cov_factor))
        return normal(x, loc, cholesky([[c + (cov_diag[i] if i == j else 0) for j, c in enumerate(row)] for i, row in enumerate(covariance)]))


def student_points(loc, lower):
    return shifted(loc, lower, V([0, 0]), V(["0.3", "-1.2"]), V(["1e10", 3]), V(["-1e140", "1e139"]))


@family
class MultivariateStudentT:
    cases = [(dict(df=mpf(df), loc=loc, scale_tril=lower), student_points(loc, lower)) for df, loc, lower in [
        ("1e-3", V([0, 0]), M([[1, 0], ["0.5", 2]])),
        ("1e6", V([1, -1]), M([["1e-3", 0], ["5e-4", "2e-3"]])),
        ("1e12", V([0, 0]), M([[1, 0], [3, "1e-4"]])),
        ("2.0001", V(["1e5", 0]), M([["1e-20", 0], [0, "1e20"]])),
    ]]
    def peak(df, loc, scale_tril):
        n = len(loc)
        return mp.loggamma((df + n) / 2) - mp.loggamma(df / 2) - log(pi * df) * n / 2 - log_diagonal(scale_tril)
    def logpdf(x, df, loc, scale_tril):
        z = solve_lower(scale_tril, column([a - b for a, b in zip(x, loc)]))
        return MultivariateStudentT.peak(df, loc, scale_tril) - (df + len(x)) / 2 * mp.log1p(square(z) / df)
    def entropy(df, loc, scale_tril):
        n = len(loc)
        return (df + n) / 2 * (mp.psi(0, (df + n) / 2) - mp.psi(0, df / 2)) - MultivariateStudentT.peak(df, loc, scale_tril)


def simplex(*weights):
    total = mp.fsum(mpf(w) for w in weights)
    return rounded([mpf(w) / total for w in weights])


@family
class Dirichlet:
    cases = [(dict(concentration=V(a)), points) for a, points in [
        (["1e-6", "1e-3", "1e-5"], [simplex(1, 2, 3), simplex("1e-300", "1e-30", 1), simplex("1e-12", 1, "1e-200")]),
        (["1e8", "2e8", "3e8"], [simplex(1, 2, 3), simplex("1.0001", 2, 3), simplex(1, 2, 4)]),
        (["1e-4", 1, "1e6"], [simplex("1e-8", "1e-6", 1), simplex("1e-250", "1e-7", 1), simplex(1, 1, 1)]),
        (["0.5", 40, 3, "1e4", "0.01"], [simplex("1e-5", 40, 3, "1e4", "1e-9"), simplex(1, 1, 1, 1, 1)]),
        (["1e15", "2e15"], [simplex(1, 2)]),
    ]]
    def logpdf(x, concentration):
        return mp.loggamma(mp.fsum(concentration)) + mp.fsum((a - 1) * log(v) - mp.loggamma(a) for a, v in zip(concentration, x))
    def mean(concentration): return [a / mp.fsum(concentration) for a in concentration]
    def variance(concentration):
        total = mp.fsum(concentration)
        return [a * (total - a) / total ** 2 / (total + 1) for a in concentration]
    def entropy(concentration):
        total, k = mp.fsum(concentration), len(concentration)
        return (mp.fsum(mp.loggamma(a) - (a - 1) * mp.psi(0, a) for a in concentration) - mp.loggamma(total) + (total - k) * mp.psi(0, total))


@family
class DirichletMultinomial:
    fixed = {"total_count"}
    cases = [(dict(concentration=V(a), total_count=mpf(n)), [V(x) for x in points]) for a, n, points in [
        (["1e-6", "1e-3", 2], 20, [[0, 0, 20], [20, 0, 0], [3, 7, 10]]),
        (["1e6", "2e6", "3e6"], 600, [[100, 200, 300], [600, 0, 0], [90, 210, 300]]),
        (["1e9", "1e9", "3e9"], "5e9", [["1e9", "1e9", "3e9"], ["1000030000", "999990000", "2999980000"]]),
        (["0.3", "1e3", "5"], "1e6", [["290", "994700", "5010"], [0, "1e6", 0], ["5e5", "5e5", 0]]),
        (["1e12", "1e12"], 10, [[3, 7]]),
    ]]
    def logpdf(x, concentration, total_count):
        g, n, a = mp.loggamma, total_count, mp.fsum(concentration)
        return g(n + 1) + g(a) - g(n + a) + mp.fsum(g(v + c) - g(v + 1) - g(c) for v, c in zip(x, concentration))
    def mean(concentration, total_count): return [total_count * a / mp.fsum(concentration) for a in concentration]
    def variance(concentration, total_count):
        total = mp.fsum(concentration)
        return [total_count * a / total * (1 - a / total) * (total_count + total) / (1 + total) for a in concentration]


@family
class Multinomial:
    fixed = {"total_count"}
    cases = [(dict(total_count=mpf(n), **{k: V(p)}), [V(x) for x in points]) for n, k, p, points in [
        (10, "logits", [-800, 0, 3], [[0, 1, 9], [2, 3, 5], [0, 0, 10]]),
        ("1e6", "probs", ["0.25", "0.5", "0.25"], [["250000", "500000", "250000"], ["250700", "499000", "250300"], ["1e6", 0, 0]]),
        ("1e12", "probs", ["0.125", "0.375", "0.5"], [["125000000000", "375000000000", "500000000000"], ["125000300000", "374999500000", "500000200000"]]),
        ("1e9", "logits", [0, "-20", "-15"], [["999999691", "3", "306"], ["999999990", "0", "10"]]),
    ]]
    def logpdf(x, total_count, probs=None, logits=None):
        logs = [log(p / mp.fsum(probs)) for p in probs] if probs else [v - log_sum_exp(logits) for v in logits]
        return mp.loggamma(total_count + 1) + mp.fsum((v * p if v else 0) - mp.loggamma(v + 1) for v, p in zip(x, logs))


@family
class OneHotCategorical:
    discrete = True
    cases = [(dict(logits=V([1000, 0, -1000])), [V([1, 0, 0]), V([0, 1, 0]), V([0, 0, 1])]), (dict(logits=V(["1e-12", "0", "-1e-12"])), [V([1, 0, 0])])]
    def logpdf(x, logits): return mp.fdot(x, logits) - log_sum_exp(logits)


def matrices(lower, *factors):
    """L·T·Tᵀ·Lᵀ for lower triangular T: symmetric after rounding too."""
    return [rounded(symmetric(product(lower, M(t)))) for t in factors]


def triangular(*diagonal, off="0.3"):
    return [[mpf(d) if i == j else mpf(off) if j < i else mpf(0) for j in range(len(diagonal))] for i, d in enumerate(diagonal)]


WISHARTS = [
    ("1.000001", M([[1, 0], ["0.5", 2]]), [triangular(1, 1), triangular("1e-5", "1e-7", off="1e-6"), triangular(20, 30)]),
    ("50", M([["1e-10", 0], [3, "1e5"]]), [triangular(7, 7), triangular("0.1", 20), triangular(100, 1, off=0)]),
    ("1e6", M([[1, 0, 0], ["0.5", 2, 0], [-1, "0.3", "0.1"]]), [triangular(1000, 1000, 1000), triangular(1001, 999, 1000, off=2), triangular(500, 1500, 1000)]),
    ("1e10", M([[1, 0], ["0.5", 2]]), [triangular("1e5", "1e5"), triangular("100001", "100000")]),
]


@family
class Wishart:
    matrix = True
    cases = [(dict(df=mpf(df), scale_tril=lower), matrices(lower, *t)) for df, lower, t in WISHARTS]
    def logpdf(x, df, scale_tril):
        n, factor = len(x), cholesky(x)
        trace = square(solve_lower(scale_tril, factor))
        return (df - n - 1) * log_diagonal(factor) - trace / 2 - df * n / 2 * log(2) - df * log_diagonal(scale_tril) - log_gamma_n(n, df / 2)
    def mean(df, scale_tril): return [[df * v for v in row] for row in symmetric(scale_tril)]
    def entropy(df, scale_tril):
        n = len(scale_tril)
        psi = mp.fsum(mp.psi(0, (df - j) / 2) for j in range(n))
        return ((n + 1) * log_diagonal(scale_tril) + mpf(n * (n + 1)) / 2 * log(2) + log_gamma_n(n, df / 2) - (df - n - 1) / 2 * psi + n * df / 2)


@family
class InverseWishart:
    matrix = True
    cases = [(dict(df=mpf(df), scale_tril=lower), matrices(lower, *t)) for df, lower, t in [
        ("1.000001", M([[1, 0], ["0.5", 2]]), [triangular(1, 1), triangular("1e5", "1e7"), triangular("0.05", "0.03", off="0.01")]),
        ("50", M([["1e-10", 0], [3, "1e5"]]), [triangular("0.14", "0.14", off="0.02"), triangular(10, "0.05")]),
        ("1e6", M([[1, 0, 0], ["0.5", 2, 0], [-1, "0.3", "0.1"]]), [triangular("1e-3", "1e-3", "1e-3", off="1e-6"), triangular("2e-3", "7e-4", "1e-3", off=0)]),
    ]]
    def logpdf(x, df, scale_tril):
        n, factor = len(x), cholesky(x)
        trace = square(solve_lower(factor, scale_tril))
        return df * log_diagonal(scale_tril) - (df + n + 1) * log_diagonal(factor) - trace / 2 - df * n / 2 * log(2) - log_gamma_n(n, df / 2)
    def entropy(df, scale_tril):
        n = len(scale_tril)
        psi = mp.fsum(mp.psi(0, (df - j) / 2) for j in range(n))
        return ((n + 1) * log_diagonal(scale_tril) - mpf(n * (n + 1)) / 2 * log(2) + log_gamma_n(n, df / 2) - (df + n + 1) / 2 * psi + n * df / 2)


def correlation(*rows):
    """The factor whose rows go on along the diagonal to length 1."""
    n = len(rows) + 1
    out = [[mpf(1)] + [mpf(0)] * (n - 1)]
    for row in rows:
        row = V(row)
        out.append(row + [sqrt(1 - mp.fsum(v * v for v in row))] + [mpf(0)] * (n - 1 - len(row)))
    return rounded(out)


@family
class LKJCholesky:
    fixed = {"dim"}
    cases = [(dict(dim=n, concentration=mpf(eta)), points) for n, eta, points in [
        (3, "1e-6", [correlation(["0.3"], ["-0.2", "0.5"]), correlation(["0.9999999"], ["0.6", "-0.7999"])]),
        (3, "1e8", [correlation(["1e-5"], ["-3e-5", "2e-5"]), correlation(["0.3"], ["-0.2", "0.5"])]),
        (2, "1e15", [correlation(["1e-8"])]),
        (6, "0.01", [correlation(["0.3"], ["-0.2", "0.5"], ["0.1", "0.1", "0.9"], ["0.5", "0.5", "0.5", "0.4"], ["0.1", "-0.2", "0.3", "-0.4", "0.5"])]),
    ]]
    def logpdf(x, dim, concentration):
        n, out = dim, mpf(0)
        for i in range(1, n):
            out += (2 * (concentration - 1) + n - 1 - i) * log(x[i][i])
            a = concentration + mpf(n - 1) / 2
            out -= mpf(i) / 2 * log(pi) + mp.loggamma(a - mpf(i) / 2) - mp.loggamma(a)
        return out


def direction(*x):
    x = V(x)
    length = sqrt(mp.fsum(v * v for v in x))
    return rounded([v / length for v in x])


@family
class VonMisesFisher:
    cases = [(dict(mean_direction=direction(*mu), concentration=mpf(kappa)), [direction(*p) for p in points]) for mu, kappa, points in [
        ((1, 2, -1), "1e-10", [(1, 2, -1), (-1, -2, 1), (0, 1, 5)]),
        ((1, 2, -1), "700", [(1, 2, -1), (-1, -2, 1), ("1.1", 2, -1)]),
        ((1, 2, -1), "1e5", [(1, 2, -1), (0, 0, 1), ("1.001", 2, -1)]),
        ((3, -4), "30", [(3, -4), (-3, 4), (1, 1)]),
        ((3, -4), "1e5", [(3, -4), ("3.01", -4)]),
        ((1, 1, 1, 1, 1, 1, 1, 1, 1, 1), "1e3", [(1,) * 10, (1, 0) * 5, (1, "1.1") * 5]),
        ((1,) * 40, "1e-3", [(1,) * 40, (1, -1) * 20]),
        ((1,) * 40, "900", [(1,) * 40, (1, "1.5") * 20]),
    ]]
    def logpdf(x, mean_direction, concentration):
        n = mpf(len(x))
        bessel = log(mp.besseli(n / 2 - 1, concentration))
        return concentration * mp.fdot(mean_direction, x) + (n / 2 - 1) * log(concentration) - n / 2 * log(2 * pi) - bessel


@family
class MatrixNormal:
    matrix_parameters = True
    cases = [
        (dict(loc=M([[0, 1], [2, 3], [4, 5]]), row_tril=M([["1e-8", 0, 0], [1, "1e3", 0], [2, 3, 4]]), col_tril=M([["1e6", 0], [-5, "1e-3"]])),
         [M([[0, 1], [2, 3], [4, 5]]), M([["0.01", 1], ["1e6", 3], [4, "1e5"]])]),
    ]
    def logpdf(x, loc, row_tril, col_tril):
        r, c = len(x), len(x[0])
        half = solve_lower(row_tril, [[a - b for a, b in zip(u, v)] for u, v in zip(x, loc)])
        return (-square(solve_lower(col_tril, transposed(half))) / 2 - c * log_diagonal(row_tril) - r * log_diagonal(col_tril) - r * c * log(2 * pi) / 2)


@family
class LogisticNormal:
    cases = [
        (dict(loc=V([-30, 20]), scale=V(["0.5", 3])), [simplex("1e-13", 1, "1e-9"), simplex("1e-14", 1, "0.01")]),
        (dict(loc=V([0, 0, 0]), scale=V([50, "0.01", 1])), [simplex(1, 1, 1, 1), simplex("1e-20", 1, 1, 1), simplex("1e-40", "1e-12", 1, "1e-30")]),
    ]
    def logpdf(x, loc, scale):
        # Stick breaking: v = x/(what was left before it), y = logit(v) + ln(K − 1 − i); the last coordinate is what the others leave.
        out, left, k = mpf(0), mpf(1), len(x)
        for i in range(k - 1):
            after = mp.fsum(x[i + 1:])
            v, w = x[i] / left, after / left
            y = log(v) - log(w) + log(mpf(k - 1 - i))
            z = (y - loc[i]) / scale[i]
            out += -z * z / 2 - log(scale[i]) - log(2 * pi) / 2 - log(v) - log(w) - log(left)
            left = after
        return out
    parameters_only = True


@family
class RelaxedOneHotCategorical:
    cases = [
        (dict(temperature=mpf("0.05"), logits=V([0, 1, -1])), [simplex("1e-20", 1, "1e-30"), simplex(1, 1, 1), simplex("1e-3", "1e-100", 1)]),
        (dict(temperature=mpf(50), logits=V([0, 300, -300])), [simplex(1, 2, 3), simplex("1e-3", 1, "1e-3")]),
        (dict(temperature=mpf("0.5"), logits=V([1000, 0, -1000])), [simplex(1, "1e-200", "1e-290")]),
    ]
    def logpdf(x, temperature, logits):
        scores = [a - temperature * log(v) for a, v in zip(logits, x)]
        k = len(x)
        return mp.loggamma(k) + (k - 1) * log(temperature) + mp.fsum(s - log(v) for s, v in zip(scores, x)) - k * log_sum_exp(scores)


@family
class RelaxedBernoulli:
    scalar = True
    cases = [
        (dict(temperature=mpf("0.05"), logits=mpf(3)), [mpf("1e-30"), mpf("0.5"), mpf("1e-200"), mpf("0.999")]),
        (dict(temperature=mpf(30), logits=mpf(-500)), [mpf("1e-8"), mpf("0.3")]),
        (dict(temperature=mpf(1), logits=mpf(1000)), [mpf("0.5"), mpf("0.99")]),
    ]
    def logpdf(x, temperature, logits):
        y = log(x) - mp.log1p(-x)
        s = logits - temperature * y
        return log(temperature) + s - 2 * (mp.log1p(mp.exp(-abs(s))) + max(s, 0)) - log(x) - mp.log1p(-x)


@family
class StationaryAR1:
    cases = [
        (dict(phi=mpf("0.999999"), sigma=mpf("1e-3")), [V([0, "1e-3", "2e-3", "1e-3"]), V([1, 1, "1.001", 1])]),
        (dict(phi=mpf("-0.9999"), sigma=mpf("1e6")), [V(["1e6", "-1e6", "1e6"]), V([0, 0, "1e9"])]),
        (dict(phi=mpf("1e-10"), sigma=mpf("1e-100")), [V(["1e-100", "-3e-100"])]),
    ]
    def logpdf(x, phi, sigma):
        out = -(x[0] ** 2) * (1 - phi ** 2) / sigma ** 2 / 2 + log((1 - phi) * (1 + phi)) / 2 - log(sigma) - log(2 * pi) / 2
        for before, v in zip(x, x[1:]):
            out += -(((v - phi * before) / sigma) ** 2) / 2 - log(sigma) - log(2 * pi) / 2
        return out


@family
class GaussianRandomWalk:
    cases = [
        (dict(drift=mpf("1e-8"), scale=mpf("1e-3")), [V([0, "1e-3", "2e-3", "1e-3"]), V(["5", "5.001", "5.002", "5.001"])]),
        (dict(drift=mpf("-1e10"), scale=mpf("1e4")), [V(["-1e10", "-20000010000", "-3e10"]), V([0, 0, "1e9"])]),
        (dict(drift=mpf(0), scale=mpf("1e120")), [V(["1e120", "-3e121", 0])]),
    ]
    def logpdf(x, drift, scale):
        steps = [b - a for a, b in zip([mpf(0)] + x[:-1], x)]
        return mp.fsum(-((s - drift) / scale) ** 2 / 2 - log(scale) - log(2 * pi) / 2 for s in steps)


@family
class Histogram:
    scalar = True
    cases = [(dict(edges=V(edges), probs=V(probs)), V(points)) for edges, probs, points in [
        (["-1e8", -1, "1e-9", 2, "1e12"], ["1e-12", 3, "1e-200", 5], ["-5e7", "-0.25", "-1e-3", "1.5", "1e3", "9e11"]),
        (["1e6", "1000000.001", "1000000.002"], [1, "1e-9"], ["1000000.0005", "1000000.0015"]),
        ([0, "1e-100", "1e100"], [1, 1], ["5e-101", 1, "9e99"]),
        ([0, 1, 2, 3], ["0.25", 0, "0.75"], ["0.125", "2.5"]),
        (["-3e-7", "4e-7"], ["1e-30"], ["-2e-7", 0, "3.9e-7"]),
    ]]
    def parts(edges, probs):
        total = mp.fsum(probs)
        return [(a, b, p / total) for a, b, p in zip(edges, edges[1:], probs)]
    def logpdf(x, edges, probs): return next(log(p) - log(b - a) for a, b, p in Histogram.parts(edges, probs) if a <= x < b)
    def cdf(x, edges, probs): return mp.fsum(p * min(mpf(1), max(mpf(0), (x - a) / (b - a))) for a, b, p in Histogram.parts(edges, probs))
    def mean(edges, probs): return mp.fsum(p * (a + b) / 2 for a, b, p in Histogram.parts(edges, probs))
    def variance(edges, probs):
        mean = Histogram.mean(edges, probs)
        return mp.fsum(p * ((b - a) ** 2 / 12 + ((a + b) / 2 - mean) ** 2) for a, b, p in Histogram.parts(edges, probs))
    def entropy(edges, probs): return mp.fsum(-p * log(p / (b - a)) for a, b, p in Histogram.parts(edges, probs) if p > 0)


@family
class KernelDensity:
    scalar = True
    cases = [(dict(points=V(points), bandwidth=mpf(width)), V(xs)) for points, width, xs in [
        ([0, "1e-3", "1e8", "-1e6"], "1e-2", [0, "5e-3", "100000000.02", "1e4", "-1e7"]),
        (["-2", "0.5", "0.5", "3"], "1e5", [0, "3e6", "-3e7"]),
        (["1e-150", "3e-150"], "1e-152", ["1e-150", "2e-150", "1e-148"]),
        ([7], "1e3", [7, "1e5", "-2e20"]),
    ]]
    def logpdf(x, points, bandwidth): return log_sum_exp([normal([x], [c], [[bandwidth]]) for c in points]) - log(mpf(len(points)))
    def cdf(x, points, bandwidth): return mp.fsum(mp.erfc((c - x) / bandwidth / sqrt(mpf(2))) / 2 for c in points) / len(points)
    def mean(points, bandwidth): return mp.fsum(points) / len(points)
    def variance(points, bandwidth):
        mean = KernelDensity.mean(points, bandwidth)
        return bandwidth ** 2 + mp.fsum((c - mean) ** 2 for c in points) / len(points)


@family
class Empirical:
    scalar = discrete = True
    fixed = {"points"}
    cases = [(dict(points=V(points), log_weights=V(weights)), V(xs)) for points, weights, xs in [
        (["1e8", "-1e8", "1e-8", "1e8"], [0, "-700", "-30", 2], ["1e8", "-1e8", "1e-8"]),
        ([1, 2, 3], ["1e-12", 0, "-1e-12"], [1, 2, 3]),
        (["-1e200", 0, "1e-200"], ["800", "790", "-800"], ["-1e200", 0]),
        ([5, 5, 5], ["-1e4", "-10001", "-10002"], [5]),
    ]]
    def weight(mask, log_weights):
        chosen = [w for w, use in zip(log_weights, mask) if use]
        return log_sum_exp(chosen) - log_sum_exp(log_weights) if chosen else -mp.inf
    def logpdf(x, points, log_weights): return Empirical.weight([c == x for c in points], log_weights)
    def cdf(x, points, log_weights): return mp.exp(Empirical.weight([c <= x for c in points], log_weights))
    def mean(points, log_weights): return mp.fsum(c * mp.exp(Empirical.weight([i == j for j in range(len(points))], log_weights)) for i, c in enumerate(points))
    def entropy(points, log_weights):
        logs = [Empirical.logpdf(c, points, log_weights) for c in set(points)]
        return mp.fsum(-v * mp.exp(v) for v in logs)


@family
class MixtureFullNormal:
    lowers = {"scale_tril"}
    cases = [
        (dict(logits=V([0, -700]), loc=M([[0, 0], [100, 100]]), scale_tril=[M([[1, 0], ["0.5", 2]]), M([["1e-3", 0], [0, "1e-3"]])]),
         [V([0, 0]), V([100, 100]), V([-300, 500])]),
    ]
    def logpdf(x, logits, loc, scale_tril):
        return log_sum_exp([w + normal(x, m, s) for w, m, s in zip(logits, loc, scale_tril)]) - log_sum_exp(logits)


# ---- cases ----

def number(x):
    f = float(x)
    return "NaN" if f != f else "Infinity" if f == float("inf") else "-Infinity" if f == -float("inf") else f


def shape_of(x):
    return [len(x)] + shape_of(x[0]) if isinstance(x, list) else []


def flat(x):
    return [v for part in x for v in flat(part)] if isinstance(x, list) else [x]


def filled(shape, data):
    data = iter(data)
    def make(rest):
        return next(data) if not rest else [make(rest[1:]) for _ in range(rest[0])]
    return make(shape)


def tensor(x, convert=number):
    return {"shape": shape_of(x), "data": [None if v is None else convert(v) for v in flat(x)]}


def entries(name, shape, symmetric_x):
    """Which flat entries move together, and where the derivative goes: (moved entries, weight of each)."""
    if len(shape) >= 2 and (name in SYMMETRIC or (name == "x" and symmetric_x)):
        n = shape[-1]
        return [([i * n + j, j * n + i] if i != j else [i * n + i]) for i in range(n) for j in range(i + 1)]
    if name in LOWER:
        n, size = shape[-1], 1
        for s in shape:
            size *= s
        return [[k] for k in range(size) if (k % n) <= (k // n) % n]
    size = 1
    for s in shape:
        size *= s
    return [[k] for k in range(size)]


def derivative(cls, p, x, name, group):
    """Of one entry; of a symmetric pair, half of what both together do."""
    target = x if name == "x" else p[name]
    shape, data = shape_of(target), flat(target)
    center = data[group[0]]
    with mp.workdps(400):
        scale = abs(center) if center != 0 else min([abs(v) for v in data if v != 0], default=mpf(1))
        h = scale * mpf(10) ** -120
        def f(d):
            moved = list(data)
            for k in group:
                moved[k] = moved[k] + d
            value = filled(shape, moved)
            return cls.logpdf(value, **p) if name == "x" else cls.logpdf(x, **{**p, name: value})
        return (f(-2 * h) - 8 * f(-h) + 8 * f(h) - f(2 * h)) / (12 * h) / len(group)


def moved(x, symmetric_x, signs):
    """Every entry rounded up or down by half a unit in the last place; counts stay."""
    shape, data = shape_of(x), flat(x)
    out = [v * (1 + next(signs) * mpf(2) ** -53) for v in data]
    if symmetric_x and len(shape) == 2:
        n = shape[-1]
        out = [out[max(k // n, k % n) * n + min(k // n, k % n)] for k in range(n * n)]
    return filled(shape, out)


def moved_apart(x, loc, signs):
    """The difference to loc rounded instead: that of two near numbers is exact."""
    return filled(shape_of(x), [a + next(signs) * mpf(2) ** -53 * (a - b) for a, b in zip(flat(x), flat(loc))])


def steady(f, x, p, cls, absolute=mpf("1e-10"), relative=mpf("1e-9")):
    value = f(x, p)
    allowed = (absolute + relative * abs(value)) / 3
    source = random.Random(7)
    signs = iter(lambda: source.choice([-1, 1]), None)
    discrete, fixed = getattr(cls, "discrete", False) or hasattr(cls, "fixed") and "dim" not in cls.fixed, getattr(cls, "fixed", set())
    around = "loc" in p and shape_of(p["loc"]) == shape_of(x)
    for _ in range(4):
        q = {k: v if k in fixed or (k == "loc" and around) else moved(v, k in SYMMETRIC, signs) for k, v in p.items()}
        y = x if discrete else moved_apart(x, p["loc"], signs) if around else moved(x, getattr(cls, "matrix", False), signs)
        if abs(f(y, q) - value) > allowed:
            return None
    return value


def case(name, cls, i, p, points):
    out = {"id": f"{name}/extreme/{i}", "dist": name, "kind": "multivariate", "params": {k: v if k in getattr(cls, "fixed", set()) and isinstance(v, int) else tensor(v) for k, v in p.items()}}
    fixed = getattr(cls, "fixed", set())
    discrete = getattr(cls, "discrete", False) or (bool(fixed) and "dim" not in fixed)
    names = ([] if discrete or getattr(cls, "parameters_only", False) else ["x"]) + [k for k in p if k not in fixed]
    out["points"] = []
    for x in points:
        value = steady(lambda y, q: cls.logpdf(y, **q), x, p, cls)
        gradients = {}
        for n in names:
            target = x if n == "x" else p[n]
            shape = shape_of(target)
            data = [mpf(0)] * len(flat(target))
            for group in entries(n, shape, getattr(cls, "matrix", False)):
                d = steady(lambda y, q: derivative(cls, q, y, n, group), x, p, cls)
                for k in group:
                    data[k] = None if d is None or abs(d) > mpf("1e300") else d
            if any(v is not None for v in data):
                gradients[n] = {"shape": shape, "data": [None if v is None else number(v) for v in data]}
        out["points"].append({"x": tensor(x), "log_prob": {"shape": [], "data": [None if value is None else number(value)]}, "grad": gradients})
    if hasattr(cls, "cdf"):
        values = [steady(lambda y, q: cls.cdf(y, **q), x, p, cls, mpf("1e-12"), mpf("1e-8")) for x in points]
        out["cdf"] = {"x": tensor(points), "cdf": tensor(values)}
    for what in ("mean", "variance", "entropy"):
        if hasattr(cls, what):
            value = steady(lambda y, q: getattr(cls, what)(**q), x, p, cls) if what == "entropy" else getattr(cls, what)(**p)
            if value is not None:
                out[what] = tensor(value)
    out["sources"] = {"all": "mpmath, 60 digits"}
    return out


def main(names):
    lines = []
    for name, cls in FAMILIES.items():
        if names and name not in names:
            continue
        lines += [json.dumps(case(name, cls, i, p, points)) for i, (p, points) in enumerate(cls.cases)]
        print(name, len(lines), file=sys.stderr, flush=True)
    meta = {"made_with": f"mpmath {mp.__version__}, 60 digits", "file": "extreme_multivariate", "source": "extreme_multivariate.py beside this file"}
    print('{"meta": ' + json.dumps(meta) + ', "cases": [\n' + ",\n".join(lines) + "\n]}")


if __name__ == "__main__":
    main(sys.argv[1:])
