"""Reference values of special functions, and of maps of numbers, vectors and matrices, far out, in the format of SCHEMA.md: python3 extreme_special.py ops|bijectors > FILE

Values by mpmath at 60 digits; derivatives by differences of order four at 200 digits, or from the integrand. Log-determinants of vectors and matrices are those of Jacobians by
differences at 1,200 digits.
"""
import json
import sys

import mpmath as mp
from mpmath import mpf

from extreme import erf, erfc, exp, expm1, log, sqrt, pi, inf, ibeta, ncdf, nlogpdf, plower, pupper, logistic, number

mp.mp.dps = 60


def derivative(f, x, step=20, digits=200):
    h = (abs(x) if x != 0 else mpf(1)) * mpf(10) ** -step
    with mp.workdps(digits):
        return (f(x - 2 * h) - 8 * f(x - h) + 8 * f(x + h) - f(x + 2 * h)) / (12 * h)


def erfcx(x):
    with mp.workdps(80):
        return exp(x * x) * erfc(x) if x < 300 else 1 / (x * sqrt(pi)) * sum((-1) ** j * mp.fac2(2 * j - 1) / (2 * x * x) ** j for j in range(0, 16))


def lognormcdf(x):
    return log(ncdf(x)) if x < 5 else mp.log1p(-ncdf(-x))


def scaled_i(n, x):
    x = abs(x)
    if x < 200 + 20 * n * n:
        return mp.besseli(n, x) * mp.exp(-x)
    term = total = mpf(1)
    for j in range(1, 150):
        term *= -(4 * n * n - (2 * j - 1) ** 2) / (8 * x * j)
        if abs(term) < mpf(10) ** -58:
            break
        total += term
    return total / sqrt(2 * pi * x)


def invert(f, target, lo, hi):
    """The x with f(x) = target for increasing f, lo and hi as logarithms of x."""
    lo, hi = mpf(lo), mpf(hi)
    for _ in range(100):
        mid = (lo + hi) / 2
        lo, hi = (mid, hi) if f(mp.exp(mid)) < target else (lo, mid)
    return mp.exp(lo)


def log_beta(a, b):
    with mp.workdps(mp.mp.dps + 340):
        return mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)


def owens_t(h, a):
    return mp.quad(lambda x: mp.exp(-h * h * (1 + x * x) / 2) / (1 + x * x), [0, a / 64, a / 16, a / 4, a]) / (2 * pi)


# name: (function, input names, points, whether the reference differentiates it, attributes)
X = ["x"]
OPS = [
    ("erf", erf, X, [[1e-300], [1e-8], [0.5], [3], [5.9], [-1e-12], [-4]], True, {}),
    ("erfc", erfc, X, [[1e-20], [0.5], [3], [10], [26], [-6], [-0.3]], True, {}),
    ("erfcx", erfcx, X, [[-26], [-5], [0.0001], [1], [10], [49.5], [1e4], [1e150]], True, {}),
    ("ndtr", ncdf, X, [[-37], [-20], [-5], [-0.1], [1e-10], [2], [8]], True, {}),
    ("log_ndtr", lognormcdf, X, [[-1e8], [-1e5], [-1200], [-99], [-38], [-6], [-1], [0.3], [5], [8], [20], [37]], True, {}),
    ("ndtri", lambda p: -sqrt(mpf(2)) * mp.erfinv(1 - 2 * p), ["p"],
     [[0.02], [0.3], [0.5000001], [0.75], [0.999]], True, {}),
    ("lgamma", mp.loggamma, X, [[1e-300], [1e-9], [0.3], [0.9999999], [1.0000001], [1.9999999], [2.00001], [2.5], [1e5], [1e17], [1e300]], True, {}),
    ("digamma", mp.digamma, X, [[1e-9], [0.01], [1.4616321], [1.46], [1.5], [100], [1e8], [1e200]], True, {}),
    ("trigamma", lambda x: mp.polygamma(1, x), X, [[1e-9], [0.01], [1], [7.5], [1e5], [1e12]], True, {}),
    ("polygamma", lambda x: mp.polygamma(3, x), X, [[1e-3], [0.4], [1], [20], [1e4]], True, {"n": 3}),
    ("polygamma", lambda x: mp.polygamma(8, x), X, [[1e-2], [0.4], [1], [20], [300]], True, {"n": 8}),
    ("multigammaln", lambda x: mp.loggamma(x) + mp.loggamma(x - mpf(1) / 2) + mp.loggamma(x - 1) + mp.loggamma(x - mpf(3) / 2) + 3 * log(pi), X,
     [[1.5000001], [1.51], [3], [1e4], [1e10]], True, {"p": 4}),
    ("betaln", log_beta, ["a", "b"],
     [[1e-10, 1e-10], [1e-8, 3], [1e10, 0.5], [1e8, 1e8], [3, 1e15], [0.1, 1e300], [1e5, 2e-5]], True, {}),
    ("zeta", lambda s, q: mp.zeta(s, q), ["s", "q"], [[1.0001, 1], [1.5, 1e-3], [40, 0.5], [3, 1e5], [2.5, 1e10]], False, {}),
    ("exp1", mp.e1, X, [[1e-300], [1e-10], [0.1], [1], [2], [30], [700]], True, {}),
    ("dawsn", lambda x: sqrt(pi) / 2 * mp.exp(-x * x) * mp.erfi(x), X, [[1e-20], [0.9], [-3], [8], [25]], True, {}),
    ("lambertw", lambda x: mp.lambertw(x).real, X, [[-0.36787], [-0.36], [-1e-5], [1e-12], [0.5], [10], [1e10], [1e300]], True, {}),
    ("i0e", lambda x: scaled_i(0, x), X, [[1e-10], [0.5], [-3], [7.75], [100], [1e8], [1e200]], True, {}),
    ("i1e", lambda x: mp.sign(x) * scaled_i(1, x), X, [[1e-10], [0.5], [-3], [7.75], [100], [1e8]], True, {}),
    ("i0", lambda x: mp.besseli(0, x), X, [[1e-5], [20], [-600], [700]], True, {}),
    ("i1", lambda x: mp.besseli(1, x), X, [[1e-5], [20], [-600], [700]], True, {}),
    ("ive_order_nu", scaled_i, ["nu", "x"], [[0.5, 1e-3], [2.7, 0.4], [30, 20], [100, 5], [10, 1e5], [500, 2000], [40, 3e4], [0.1, 1e9]], False, {}),
    ("besselk1", lambda x: mp.besselk(1, x), X, [[1e-10], [0.1], [2], [30], [600]], True, {}),
    ("besselj0", lambda x: mp.besselj(0, x), X, [[1e-5], [1], [5.5], [7.9], [8.1], [50], [300]], True, {}),
    ("owens_t", owens_t, ["h", "a"], [[1e-10, 0.5], [0.3, 20], [-2, 0.9999], [6, 1.1], [12, 0.3], [3, -1e3], [1, 1e-8]], False, {}),
    ("gammainc_extreme", plower, ["a", "x"], [[1e-8, 1e-5], [0.5, 1e-30], [1e-3, 1e-300], [1e5, 9.9e4], [1e7, 1.0001e7], [30, 1e-3], [3, 2.5], [1e8, 1e8]], False, {}),
    ("gammaincc_extreme", pupper, ["a", "x"], [[1e-8, 1e-5], [1e-12, 3], [1e5, 1.02e5], [1e7, 1.0001e7], [30, 200], [0.5, 700], [1e8, 1e8], [1, 600]], False, {}),
    ("igamma", plower, ["a", "x"], [[0.01, 3], [0.3, 1e-5], [40, 20], [1e3, 1.1e3], [2, 50]], "x", {}),
    ("igammac", pupper, ["a", "x"], [[0.01, 3], [0.3, 1e-5], [40, 20], [1e3, 1.1e3], [2, 50]], "x", {}),
    ("gammaincinv", lambda a, p: invert(lambda x: plower(a, x), p, -700, 40), ["a", "p"],
     [[1e-2, 0.3], [0.5, 1e-12], [1, 1e-200], [30, 1e-30], [1e4, 0.999], [1e6, 1e-9], [0.1, 0.9999999], [3, 1 - 1e-14]], False, {}),
    ("betainc", lambda a, b, x: ibeta(a, b, x, 1 - x), ["a", "b", "x"],
     [[1e-5, 2, 0.3], [0.5, 0.5, 1e-20], [1e4, 1e4, 0.49], [1e6, 3, 0.999999], [5, 1e5, 1e-4], [300, 0.1, 0.5], [1e-3, 1e-3, 0.75], [2e5, 1e5, 0.668]], "x", {}),
    ("betaincinv", lambda a, b, p: (lambda t: t / (1 + t))(invert(lambda o: ibeta(a, b, o / (1 + o), 1 / (1 + o)), p, -680, 60)), ["a", "b", "p"],
     [[0.02, 3, 0.3], [0.5, 0.5, 1e-12], [1e4, 1e4, 0.01], [1e5, 3, 0.2], [5, 1e5, 1e-9], [300, 0.1, 1e-5], [0.1, 0.1, 0.6]], False, {}),
    ("logit", lambda x: log(x) - mp.log1p(-x), X, [[1e-300], [1e-9], [0.4999], [0.5000001], [0.999999]], True, {}),
    ("softplus", lambda x: mp.log1p(mp.exp(x)), X, [[-700], [-40], [-1e-9], [30], [500]], True, {}),
    ("log_sigmoid", lambda x: -mp.log1p(mp.exp(-x)), X, [[-700], [-40], [-1e-9], [30], [500]], True, {}),
    ("xlogy", lambda a, b: a * log(b), ["a", "b"], [[1e-300, 1e-300], [3, 1e300], [2, 1.0000001]], True, {}),
    ("entr", lambda x: -x * log(x), X, [[1e-300], [1e-10], [0.9999999], [1e200]], True, {}),
]


def tensor(values):
    return {"shape": [len(values)], "data": [number(v) for v in values]}


def op_cases():
    counts = {}
    for name, f, inputs, points, differentiate, attrs in OPS:
        index = counts[name] = counts.get(name, -1) + 1
        points = [[mpf(v) for v in p] for p in points]
        out = [f(*p) for p in points]
        wanted = inputs if differentiate is True else [differentiate] if differentiate else []
        vjp = {}
        for which in wanted:
            k = inputs.index(which)
            values = [derivative(lambda v: f(*[v if j == k else p[j] for j in range(len(p))]), p[k]) for p in points]
            vjp[which] = tensor([v if abs(v) < mpf(10) ** 300 else None for v in values])
        yield {
            "id": f"{name}/extreme/{index}", "op": name, "attrs": attrs,
            "inputs": [{"name": n, "dtype": "float64", **tensor([p[j] for p in points])} for j, n in enumerate(inputs)],
            "outputs": [{"name": "out", "dtype": "float64", **tensor(out)}],
            "cotangents": [tensor([mpf(1)] * len(points)) if wanted else None], "vjp": vjp, "fd_relerr": None, "ref": "mpmath, 60 digits",
        }


WIDE = [-700, -300, -40, -8, -1e-3, 1e-12, 0.7, 9, 30]
BIJECTORS = [
    ("Exp", {}, lambda x: exp(x), WIDE + [600]),
    ("Log", {}, log, [1e-300, 1e-9, 0.9999999, 1.5, 1e300]),
    ("Softplus", {}, lambda x: mp.log1p(exp(x)), WIDE + [800]),
    ("Sigmoid", {}, logistic, WIDE),
    ("SigmoidInterval", {"low": -1e6, "high": 1e-3}, lambda x: mpf(-1e6) + (mpf(1e-3) + mpf(1e6)) * logistic(x), [-30, -2, 0.1, 8]),
    ("Tanh", {}, mp.tanh, [-18, -9, -1e-8, 1e-300, 0.3, 5, 15]),
    ("Power", {"power": 0.1}, lambda x: x ** mpf(0.1), [1e-200, 0.5, 3, 1e250]),
    ("Power", {"power": -7.5}, lambda x: x ** mpf(-7.5), [1e-30, 0.5, 3, 1e30]),
    ("SinhArcsinh", {"skewness": -2.0, "tailweight": 3.0}, lambda x: mp.sinh((mp.asinh(x) - 2) * 3), [-1e8, -3, 1e-9, 0.4, 50, 1e20]),
    ("SinhArcsinh", {"skewness": 1.0, "tailweight": 0.05}, lambda x: mp.sinh((mp.asinh(x) + 1) * mpf(0.05)), [-1e100, -3, 1e-9, 0.4, 50, 1e200]),
    ("GumbelCDF", {"loc": -3.0, "scale": 0.2}, lambda x: exp(-exp(-(x + 3) / mpf(0.2))), [-4.2, -3, -2.9, -1, 0]),
    ("WeibullCDF", {"scale": 1e-3, "concentration": 0.3}, lambda x: -expm1(-(x / mpf(1e-3)) ** mpf(0.3)), [1e-100, 1e-9, 1e-3, 2, 30]),
    ("NormalCDF", {}, ncdf, [-35, -9, -1, 1e-5, 3, 6]),
    ("Softsign", {}, lambda x: x / (1 + abs(x)), [-1e5, -1e-20, 0.3, 1e4]),
    ("Reciprocal", {}, lambda x: 1 / x, [-1e-200, 1e-5, 1e250]),
    ("LeakyReLU", {"negative_slope": 1e-6}, lambda x: x if x > 0 else mpf(1e-6) * x, [-1e10, -1, 2, 1e100]),
    ("Affine", {"loc": 1e10, "scale": -1e-3}, lambda x: mpf(1e10) - mpf(1e-3) * x, [-1e12, 5.5, 1e15]),
]


def bijector_cases():
    counts = {}
    for name, params, f, points in BIJECTORS:
        index = counts[name] = counts.get(name, -1) + 1
        points = [mpf(x) for x in points]
        slopes = [derivative(f, x) for x in points]
        ys = [f(x) for x in points]
        # An inverse can only be as good as the rounding of y.
        keep = [j for j, (x, y, s) in enumerate(zip(points, ys, slopes)) if abs(y) * mpf(2) ** -52 < mpf(10) ** -3 * abs(s * x) and abs(y) > mpf(10) ** -307]
        loss = max(abs(ys[j]) * mpf(2) ** -52 / abs(slopes[j] * points[j]) for j in keep)
        yield {
            "id": f"{name}/extreme/{index}", "bijector": name, "params": params, "elementwise": True,
            "points": [{"x": tensor([points[j] for j in keep]), "y": tensor([ys[j] for j in keep]),
                        "log_abs_det_forward": tensor([log(abs(slopes[j])) for j in keep]),
                        "inverse_of_y": tensor([points[j] for j in keep]), "roundtrip_relerr": number(loss)}],
        }


def softmax_centered(x):
    parts = [mp.exp(v) for v in x] + [mpf(1)]
    return [v / mp.fsum(parts) for v in parts]


def stick_breaking(x):
    out, rest, n = [], mpf(1), len(x)
    for i, v in enumerate(x):
        odds = mp.exp(v) / (n - i)
        out.append(rest * odds / (1 + odds))
        rest /= 1 + odds
    return out + [rest]


def ordered(step):
    def f(x):
        out = [x[0]]
        for v in x[1:]:
            out.append(out[-1] + step(v))
        return out
    return f


def triangle(x, n, strict=False):
    x = iter(x)
    return [[next(x) if j < i or (j == i and not strict) else mpf(0) for j in range(n)] for i in range(n)]


def lower_cholesky(x):
    n = int(mp.sqrt(2 * len(x)))
    return [[mp.exp(v) if i == j else v for j, v in enumerate(row)] for i, row in enumerate(triangle(x, n))]


def covariance(x):
    lower = lower_cholesky(x)
    return [[mp.fdot(a, b) for b in lower] for a in lower]


def correlation_cholesky(x):
    n = int(mp.sqrt(2 * len(x))) + 1
    out = []
    for i, row in enumerate(triangle(x, n, strict=True)):
        left, made = mpf(1), []
        for v in row[:i]:
            made.append(mp.tanh(v) * left)
            left /= mp.cosh(v)
        out.append(made + [left] + [mpf(0)] * (n - 1 - i))
    return out


def stereographic(x):
    square = mp.fsum(v * v for v in x)
    return [2 * v / (square + 1) for v in x] + [(square - 1) / (square + 1)]


def flat(y):
    return [v for row in y for v in row] if isinstance(y[0], list) else y


def below(strict):
    return lambda n: [i * n + j for i in range(n) for j in range(i + (0 if strict else 1))]


# name: (map, the entries of its result that the log-determinant is with respect to, None for the area on the sphere; the relative error of the inverse for results rounded to
# doubles, in units of 2^-53, for x and y; points). For StickBreaking and SoftmaxCentered the inverse takes ratios of coordinates, for Ordered differences. Coordinates near 0, of which
# the absolute tolerance is enough, do not count.
def of_logs(x, y): return max([mpf(4)] + [4 / abs(v) for v in x if abs(v) > 1e-3])
def of_gaps(x, y): return max([mpf(4)] + [(abs(a) + abs(b)) / (b - a) / abs(v) for a, b, v in zip(y, y[1:], x[1:]) if abs(v) > 1e-3])
def of_ratios(x, y): return mpf(8)


VECTORS = [
    ("SoftmaxCentered", softmax_centered, lambda n: range(n - 1), of_logs, [[300, -300, 0.5], [-700, -650], [40, 41, -1e-9], [700, 690], [1e-12, 3e-7, -1e-12], [-1e-300, 200]]),
    ("StickBreaking", stick_breaking, lambda n: range(n - 1), of_logs, [[300, 5, -20], [-600, 0.3, 30], [-30, -30, -30], [1e-9, -1e-12, 1], [0, 0, 350], [-700, 690]]),
    ("Ordered", ordered(mp.exp), lambda n: range(n), of_gaps, [[0, -5, 30], [-1e8, 20, 25], [1e-300, 3, 4], [5, 600], [-3, 1e-9, 400]]),
    ("OrderedSoftplus", ordered(lambda v: mp.log1p(mp.exp(v))), lambda n: range(n), of_gaps, [[0, -9, 500], [-3, -4, 1e-8], [1e5, 700, 2]]),
    ("LowerCholesky", lower_cholesky, below(False), of_logs, [[-700, 1e8, 600], [300, -1e-300, -300, 1e150, -1e200, 5], [1e-9, 0.3, -1e-9]]),
    ("CovarianceFromLower", covariance, below(False), of_ratios, [[-300, 1e-135, 2], [20, 1e5, 10], [-150, 1e-70, -140], [300, 1e85, 200]]),
    ("CorrCholesky", correlation_cholesky, below(True), of_ratios, [[20, -15, 10], [300, -200, 5], [1e-200, 1e-9, -1e-12], [-340, 1e-3, 0.4], [0.1, 200, -140], [18, 19, -17, 3, -40, 1e-5]]),
    ("Stereographic", stereographic, lambda n: None, of_ratios, [[1e8, -1e3], [1e150, 1e149], [1e-200, 3], [1e-9, -1e-10], [0.999, 1e-160], [0.5, -0.25, 3e4]]),
]


def log_volume(f, x, entries):
    """ln |det| of the derivatives of some entries of f, or of the area that all of them span."""
    with mp.workdps(1200):
        columns = []
        for i, v in enumerate(x):
            h = (abs(v) if v != 0 else mpf(1)) * mpf(10) ** -60
            moved = [flat(f([w + k * h if j == i else w for j, w in enumerate(x)])) for k in (-2, -1, 1, 2)]
            columns.append([(a - 8 * b + 8 * c - d) / (12 * h) for a, b, c, d in zip(*moved)])
        if entries is None:
            gram = mp.matrix([[mp.fdot(a, b) for b in columns] for a in columns])
            return log(mp.det(gram)) / 2
        return log(abs(mp.det(mp.matrix([[c[k] for k in entries] for c in columns]))))


def vector_cases():
    for name, f, entries, loss, points in VECTORS:
        made = []
        for x in points:
            x = [mpf(v) for v in x]
            y = f(x)
            values = flat(y)
            assert all(v == 0 or abs(v) > mpf(10) ** -307 for v in values), (name, x)
            shape = [len(y), len(y)] if isinstance(y[0], list) else [len(y)]
            made.append({"x": tensor(x), "y": {"shape": shape, "data": [number(v) for v in values]},
                         "log_abs_det_forward": {"shape": [], "data": [number(log_volume(f, x, entries(shape[0])))]},
                         "inverse_of_y": tensor(x), "roundtrip_relerr": number(loss(x, y) * mpf(2) ** -53)})
        yield {"id": f"{name}/extreme/0", "bijector": name, "params": {}, "elementwise": False, "points": made}


if __name__ == "__main__":
    made = op_cases() if sys.argv[1] == "ops" else [*bijector_cases(), *vector_cases()]
    json.dump({"meta": {"made_with": f"mpmath {mp.__version__}", "source": "extreme_special.py beside this file"}, "cases": list(made)}, sys.stdout)
