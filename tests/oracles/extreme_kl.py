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
json.dump({"meta": {"made_with": f"mpmath {mp.__version__}", "source": "extreme_kl.py beside this file"}, "cases": cases}, sys.stdout)
