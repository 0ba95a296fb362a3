"""Kullback-Leibler divergences at extreme parameters, in the format of SCHEMA.md: python3 extreme_kl.py > FILE

Quadrature of p (ln p - ln q) by mpmath between quantiles of p out to 1e-60, of q where they lie inside, and kinks; a case whose outermost panels still count is left out.
"""
import json
import sys

import mpmath as mp
from mpmath import mpf, inf

import extreme as e

mp.mp.dps = 24

PARAMETERS = {
    "Beta": [dict(concentration1=0.05, concentration0=3), dict(concentration1=2000, concentration0=5)],
    "ContinuousBernoulli": [dict(probs=1e-6), dict(probs=0.5)],
    "Exponential": [dict(rate=1e-3), dict(rate=1e4)],
    "Gamma": [dict(concentration=0.05, rate=2), dict(concentration=1e4, rate=100)],
    "Gumbel": [dict(loc=-3, scale=20), dict(loc=5, scale=0.5)],
    "HalfNormal": [dict(scale=1e-3), dict(scale=1e4)],
    "Laplace": [dict(loc=-5, scale=1e-3), dict(loc=1, scale=50)],
    "Normal": [dict(loc=10, scale=1e-3), dict(loc=-2, scale=100)],
    "Pareto": [dict(scale=0.01, alpha=8), dict(scale=5, alpha=3.5)],
    "Uniform": [dict(low=0.2, high=0.3), dict(low=-100, high=0.5)],
    "Cauchy": [dict(loc=0, scale=1e-3), dict(loc=5, scale=1e3)],
    "Bernoulli": [dict(probs=1e-12), dict(probs=0.999999)],
    "Geometric": [dict(probs=1e-3), dict(probs=0.999)],
    "Poisson": [dict(rate=1e-4), dict(rate=300)],
}
PAIRS = [("Beta", "Beta"), ("Beta", "ContinuousBernoulli"), ("Beta", "Exponential"), ("Beta", "Gamma"), ("Beta", "Normal"), ("Beta", "Pareto"), ("Beta", "Uniform"),
         ("ContinuousBernoulli", "ContinuousBernoulli"), ("ContinuousBernoulli", "Exponential"), ("ContinuousBernoulli", "Normal"), ("ContinuousBernoulli", "Uniform"),
         ("Exponential", "Exponential"), ("Exponential", "Gamma"), ("Exponential", "Gumbel"), ("Exponential", "Normal"), ("Exponential", "Beta"), ("Exponential", "Pareto"),
         ("Gamma", "Exponential"), ("Gamma", "Gamma"), ("Gamma", "Gumbel"), ("Gamma", "Normal"), ("Gamma", "Pareto"), ("Gumbel", "Gumbel"), ("Gumbel", "Normal"), ("Gumbel", "Gamma"),
         ("HalfNormal", "HalfNormal"), ("Laplace", "Laplace"), ("Laplace", "Normal"), ("Laplace", "Exponential"), ("Normal", "Gumbel"), ("Normal", "Laplace"), ("Normal", "Normal"),
         ("Normal", "Uniform"), ("Pareto", "Exponential"), ("Pareto", "Gamma"), ("Pareto", "Normal"), ("Pareto", "Pareto"), ("Uniform", "Beta"), ("Uniform", "ContinuousBernoulli"),
         ("Uniform", "Exponential"), ("Uniform", "Gamma"), ("Uniform", "Gumbel"), ("Uniform", "Normal"), ("Uniform", "Pareto"), ("Uniform", "Uniform"), ("Cauchy", "Cauchy"),
         ("Bernoulli", "Bernoulli"), ("Geometric", "Geometric"), ("Poisson", "Poisson")]


def kinks(cls, p):
    return [k for k in (cls.kinks(**p) if hasattr(cls, "kinks") else [])]


def divergence(P, p, Q, q):
    low, high = e.bounds(P, p)
    other = e.bounds(Q, q)
    if low < other[0] or high > other[1]:
        return inf
    def f(x):
        # At nodes that round to an end of the support there is nothing left.
        own = P.logpdf(x, **p) if low < x < high else -inf
        return mp.exp(own) * (own - Q.logpdf(x, **q)) if own > -inf else mpf(0)
    levels = [mpf(10) ** -j for j in (60, 40, 25, 15, 8, 4, 2)]
    cuts = [e.quantile(P, p, v, digits=5) for v in levels + [mpf("0.1"), mpf("0.3"), mpf("0.5"), mpf("0.7"), mpf("0.9")]]
    cuts += [e.quantile(P, p, v, upper=True, digits=5) for v in levels]
    cuts = [c for c in cuts if c is not None]
    near = [e.quantile(Q, q, v, digits=5) for v in (mpf("0.001"), mpf("0.1"), mpf("0.5"), mpf("0.9"), mpf("0.999"))] + kinks(P, p) + kinks(Q, q)
    first, last = (low if low != -inf else min(cuts)), (high if high != inf else max(cuts))
    cuts = sorted({c for c in cuts + [n for n in near if n is not None] if first < c < last} | {first, last})
    parts, errors = zip(*[mp.quad(f, [a, b], error=True) for a, b in zip(cuts, cuts[1:])])
    total = mp.fsum(parts)
    ends = (abs(parts[0]) if low == -inf else 0) + (abs(parts[-1]) if high == inf else 0)
    if ends > mpf(10) ** -14 * abs(total) or mp.fsum(errors) > mpf(10) ** -13 * abs(total):
        return None
    return total


def count_divergence(P, p, Q, q):
    if P is e.Bernoulli:
        return sum(mp.exp(P.logpdf(k, **p)) * (P.logpdf(k, **p) - Q.logpdf(k, **q)) for k in (0, 1))
    if P is e.Geometric:
        return mp.log(p["probs"] / q["probs"]) + (1 - p["probs"]) / p["probs"] * (mp.log1p(-p["probs"]) - mp.log1p(-q["probs"]))
    return p["rate"] * mp.log(p["rate"] / q["rate"]) - p["rate"] + q["rate"]


def log_beta(*a):
    return mp.fsum(mp.loggamma(x) for x in a) - mp.loggamma(mp.fsum(a))


def beta_divergence(a, b):
    total = mp.psi(0, mp.fsum(a))
    return log_beta(*b) - log_beta(*a) + mp.fsum((x - y) * (mp.psi(0, x) - total) for x, y in zip(a, b))


def gamma_divergence(a, b):
    return (a[0] - b[0]) * mp.psi(0, a[0]) - mp.loggamma(a[0]) + mp.loggamma(b[0]) + b[0] * mp.log(a[1] / b[1]) + a[0] * (b[1] / a[1] - 1)


# Families whose divergence from themselves holds the trigamma function in its derivatives: with those, at the parameters of kl.json.
CLOSED = {"Beta": (["concentration1", "concentration0"], beta_divergence), "Gamma": (["concentration", "rate"], gamma_divergence),
          "Dirichlet": (["concentration"], beta_divergence)}


def flat(value):
    return [mpf(v) for v in (value["data"] if isinstance(value, dict) else value if isinstance(value, list) else [value])]


def with_gradients(source):
    names, f = CLOSED[source["p"]["dist"]]
    p, q = ([v for name in names for v in flat(source[side]["params"][name])] for side in "pq")
    grad = {}
    with mp.workdps(60):
        for side, own in (("p", p), ("q", q)):
            values = []
            for k in range(len(own)):
                at = lambda t: f(*[[t if (j == k and u is own) else v for j, v in enumerate(u)] for u in (p, q)])
                values.append(e.number(mp.diff(at, own[k])))
            for name in names:
                shape = source["grad"][f"{side}.{name}"]["shape"]
                grad[f"{side}.{name}"] = {"shape": shape, "data": [values.pop(0) for _ in flat(source[side]["params"][name])]}
        return {"id": source["id"].replace("/", "/gradient/"), "pair": source["pair"], "p": source["p"], "q": source["q"], "kl": e.number(f(p, q)), "grad": grad, "check": None}


def tensor(x):
    return {"shape": [len(x)], "data": [float(v) for v in x]}


def direction(*x):
    length = mp.sqrt(mp.fsum(mpf(v) ** 2 for v in x))
    return [mpf(float(mpf(v) / length)) for v in x]


def log_sphere(n, kappa):
    """ln of the integral of exp(kappa x) over the unit sphere of n dimensions."""
    half = mpf(n) / 2
    return mp.log(2) + half * mp.log(mp.pi) - mp.loggamma(half) if kappa == 0 else half * mp.log(2 * mp.pi) + (1 - half) * mp.log(kappa) + mp.log(mp.besseli(half - 1, kappa))


def sphere_divergence(mu, kappa, nu, other):
    n = len(mu)
    mean = mp.besseli(mpf(n) / 2, kappa) / mp.besseli(mpf(n) / 2 - 1, kappa) if kappa else mpf(0)
    return mean * (kappa * mp.fdot(mu, mu) - other * mp.fdot(nu, mu)) + log_sphere(n, other) - log_sphere(n, kappa)


def series_divergence(n, phi, sigma, psi, tau):
    """Of two Normals with the covariances of the series."""
    def covariance(a, s):
        return mp.matrix(n, n) + mp.matrix([[s ** 2 / (1 - a ** 2) * a ** abs(i - j) for j in range(n)] for i in range(n)])
    a, b = covariance(phi, sigma), covariance(psi, tau)
    product = mp.inverse(b) * a
    return (mp.fsum(product[i, i] for i in range(n)) - n + mp.log(mp.det(b) / mp.det(a))) / 2


def vectors():
    spheres = [((1, 2, -1), "0", (1, 2, -1), "3"), ((1, 2, -1), "1e-6", (0, 1, 5), "700"), ((1, 2, -1), "1e5", ("1.001", 2, -1), "99000"), ((3, -4), "30", (-3, 4), "0"),
               ((3, -4), "1e5", (3, -4), "1e-3"), ((1,) * 10, "1e3", (1, 0) * 5, "20"), ((1,) * 40, "900", (1, "1.5") * 20, "1e4"), ((1,) * 40, "1e-3", (1, -1) * 20, "60"),
               ((1, 2, -1, 3), "55", (1, 2, -1, 4), "65")]
    for i, (mu, kappa, nu, other) in enumerate(spheres):
        mu, nu = direction(*mu), direction(*nu)
        with mp.workdps(60):
            value = sphere_divergence(mu, mpf(kappa), nu, mpf(other))
        yield {"id": f"VonMisesFisher|VonMisesFisher/extreme/{i}", "pair": "VonMisesFisher|VonMisesFisher",
               "p": {"dist": "VonMisesFisher", "params": {"mean_direction": tensor(mu), "concentration": float(kappa)}},
               "q": {"dist": "VonMisesFisher", "params": {"mean_direction": tensor(nu), "concentration": float(other)}}, "kl": e.number(value), "grad": {}, "check": None}
    series = [(1, 0.5, 2, -0.3, 1), (3, 0.999999, 1e-3, 0.5, 2), (5, -0.9, 10, 0.9, 1e-4), (40, 0.3, 1, 0.300001, 1), (12, 0, 1e50, -0.99, 1e50)]
    for i, (n, phi, sigma, psi, tau) in enumerate(series):
        with mp.workdps(80):
            value = series_divergence(n, mpf(phi), mpf(sigma), mpf(psi), mpf(tau))
        yield {"id": f"StationaryAR1|StationaryAR1/extreme/{i}", "pair": "StationaryAR1|StationaryAR1",
               "p": {"dist": "StationaryAR1", "params": {"phi": phi, "sigma": sigma, "length": n}},
               "q": {"dist": "StationaryAR1", "params": {"phi": psi, "sigma": tau, "length": n}}, "kl": e.number(value), "grad": {}, "check": None}


def main():
    cases = list(vectors())
    with open(__file__.replace("extreme_kl.py", "kl.json")) as file:
        cases += [with_gradients(case) for case in json.load(file)["cases"] if case["p"]["dist"] == case["q"]["dist"] and case["p"]["dist"] in CLOSED and case["grad"]]
    print(len(cases), "of vectors or with gradients", file=sys.stderr)
    cases += pairs() if "--vectors" not in sys.argv else []
    meta = {"made_with": f"mpmath {mp.__version__}", "source": "extreme_kl.py beside this file"}
    print('{"meta": ' + json.dumps(meta) + ', "cases": [\n' + ",\n".join(json.dumps(case) for case in cases) + "\n]}")


def pairs():
    cases = []
    for left, right in PAIRS:
        for i, p in enumerate(PARAMETERS[left]):
            for j, q in enumerate(PARAMETERS[right]):
                if i == j:
                    continue
                P, Q = getattr(e, left), getattr(e, right)
                p0, q0 = {k: mpf(v) for k, v in p.items()}, {k: mpf(v) for k, v in q.items()}
                try:
                    value = (count_divergence if P.kind == "discrete" else divergence)(P, p0, Q, q0)
                except Exception as error:
                    print(left, right, i, j, type(error).__name__, error, file=sys.stderr)
                    continue
                if value is None or (value != inf and value > 1e290):
                    print("left out", left, right, i, j, file=sys.stderr)
                    continue
                print(left, right, i, j, e.number(value), file=sys.stderr, flush=True)
                cases.append({"id": f"{left}|{right}/extreme/{i}{j}", "pair": f"{left}|{right}", "p": {"dist": left, "params": p}, "q": {"dist": right, "params": q},
                              "kl": e.number(value), "grad": {}, "check": None})
    return cases


if __name__ == "__main__":
    main()
