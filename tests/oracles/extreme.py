"""Reference values at extreme parameters, in the format of SCHEMA.md: python3 extreme.py [FAMILY...] > extreme.json

Densities, distribution functions and moments are the textbook formulas in mpmath at 60 digits; moments without a formula are quadratures or sums.
Nothing here is taken from ProbNet.
"""
import json
import sys

import mpmath as mp
from mpmath import mpf, log, sqrt, pi, inf

mp.mp.dps = 60
FAMILIES = {}


def family(**settings):
    def add(cls):
        cls.kind = settings.get("kind", "continuous")
        FAMILIES[cls.__name__] = cls
        return cls
    return add


def exp(x):
    """Beyond these exponents the answer is 0 or infinite in any type, and costs mpmath a long time."""
    return mpf(0) if x < -1e8 else inf if x > 1e8 else mp.exp(x)


def expm1(x):
    return mpf(-1) if x < -1e8 else inf if x > 1e8 else mp.expm1(x)


def erfc(x):
    return mpf(0) if x > 1e8 else mpf(2) if x < -1e8 else mp.erfc(x)


def erf(x):
    return mpf(1) if x > 1e8 else mpf(-1) if x < -1e8 else mp.erf(x)


def ncdf(z):
    return erfc(-z / sqrt(mpf(2))) / 2


def nlogpdf(z):
    return -z * z / 2 - log(2 * pi) / 2


def plower(a, x):
    """P(a, x) by the series of DLMF 8.11.4 up to x = a + 1, and by the continued fraction of the other tail beyond."""
    if x <= 0:
        return mpf(0)
    if x > 1e9 + 1e4 * a:
        return mpf(1)
    if x > a + 1:
        return 1 - pupper(a, x)
    term = total = mpf(1)
    n, eps = 0, mpf(10) ** -(mp.mp.dps + 2)
    while term > eps * total:
        n += 1
        term *= x / (a + n)
        total += term
    return total * mp.exp(a * log(x) - x - mp.loggamma(a + 1))


def pupper(a, x):
    """Q(a, x), by the continued fraction of DLMF 8.9.2 from x = a + 1 on."""
    if x <= 0:
        return mpf(1)
    if x > 1e9 + 1e4 * a:
        return mpf(0)
    if x <= a + 1:
        return 1 - plower(a, x)
    eps = mpf(10) ** -(mp.mp.dps - 2)
    b = x + 1 - a
    c, d = inf, 1 / b
    value, n = d, 0
    while True:
        n += 1
        k = n * (a - n)
        b += 2
        d, c = 1 / (b + k * d), b + (k / c if c != inf else 0)
        value *= c * d
        if abs(c * d - 1) < eps:
            return value * mp.exp(a * log(x) - x - mp.loggamma(a))


def ibeta(a, b, x, y):
    """I_x(a, b) with y = 1 - x, from the side that converges."""
    if x <= 0:
        return mpf(0)
    if y <= 0:
        return mpf(1)
    if x > (a + 1) / (a + b + 2):
        return 1 - ibeta(b, a, y, x)
    # The continued fraction of DLMF 8.17.22 by Lentz's method.
    front = exp(a * log(x) + b * log(y) - log(a) - mp.loggamma(a) - mp.loggamma(b) + mp.loggamma(a + b))
    if front == 0:
        return mpf(0)
    eps, c, d, m = mpf(10) ** -(mp.mp.dps - 2), mpf(1), 1 / (1 - (a + b) * x / (a + 1)), 0
    value = d
    while True:
        m += 1
        for k in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d, c = 1 / (1 + k * d), 1 + k / c
            value *= c * d
        if abs(c * d - 1) < eps:
            return front * value


def icomp(a, b, x, y):
    return ibeta(b, a, y, x)


def logistic(t):
    return 1 / (1 + exp(-t))


@family()
class Normal:
    cases = [dict(loc=1e-300, scale=1e-150), dict(loc=-1e8, scale=1e-3), dict(loc=3, scale=1e100)]
    low, high = -inf, inf
    def logpdf(x, loc, scale): return nlogpdf((x - loc) / scale) - log(scale)
    def cdf(x, loc, scale): return ncdf((x - loc) / scale)
    def sf(x, loc, scale): return ncdf((loc - x) / scale)
    def mean(loc, scale): return loc
    def variance(loc, scale): return scale ** 2
    def entropy(loc, scale): return log(2 * pi * mp.e) / 2 + log(scale)
    def mode(loc, scale): return loc


@family()
class LogNormal:
    cases = [dict(loc=200, scale=10), dict(loc=-30, scale=0.01), dict(loc=0, scale=20), dict(loc=5, scale=1e-6)]
    low, high = mpf(0), inf
    def logpdf(x, loc, scale): return nlogpdf((log(x) - loc) / scale) - log(scale) - log(x)
    def cdf(x, loc, scale): return ncdf((log(x) - loc) / scale)
    def sf(x, loc, scale): return ncdf((loc - log(x)) / scale)
    def mean(loc, scale): return exp(loc + scale ** 2 / 2)
    def variance(loc, scale): return expm1(scale ** 2) * exp(2 * loc + scale ** 2)
    def entropy(loc, scale): return log(2 * pi * mp.e) / 2 + log(scale) + loc
    def mode(loc, scale): return exp(loc - scale ** 2)


@family()
class HalfNormal:
    cases = [dict(scale=1e-100), dict(scale=1e100)]
    low, high = mpf(0), inf
    def logpdf(x, scale): return nlogpdf(x / scale) - log(scale) + log(2)
    def cdf(x, scale): return erf(x / scale / sqrt(2))
    def sf(x, scale): return erfc(x / scale / sqrt(2))
    def mean(scale): return scale * sqrt(2 / pi)
    def variance(scale): return scale ** 2 * (1 - 2 / pi)
    def entropy(scale): return log(pi * scale ** 2 / 2) / 2 + mpf(1) / 2


@family()
class Laplace:
    cases = [dict(loc=1e6, scale=1e-6), dict(loc=-1, scale=1e120)]
    low, high = -inf, inf
    def logpdf(x, loc, scale): return -abs(x - loc) / scale - log(2 * scale)
    def cdf(x, loc, scale): return exp((x - loc) / scale) / 2 if x < loc else 1 - exp((loc - x) / scale) / 2
    def sf(x, loc, scale): return exp((loc - x) / scale) / 2 if x > loc else 1 - exp((x - loc) / scale) / 2
    def mean(loc, scale): return loc
    def variance(loc, scale): return 2 * scale ** 2
    def entropy(loc, scale): return 1 + log(2 * scale)
    def mode(loc, scale): return loc
    def kinks(loc, scale): return [loc]


@family()
class AsymmetricLaplace:
    cases = [dict(loc=0, scale=1, asymmetry=1e-4), dict(loc=2, scale=3, asymmetry=1e5), dict(loc=-1, scale=1e-6, asymmetry=0.5)]
    low, high = -inf, inf
    def logpdf(x, loc, scale, asymmetry):
        z = (x - loc) / scale
        return (-z * asymmetry if z >= 0 else z / asymmetry) - log(scale * (asymmetry + 1 / asymmetry))
    def cdf(x, loc, scale, asymmetry):
        z, k = (x - loc) / scale, asymmetry
        return k * k / (1 + k * k) * exp(z / k) if z < 0 else 1 - exp(-k * z) / (1 + k * k)
    def sf(x, loc, scale, asymmetry):
        z, k = (x - loc) / scale, asymmetry
        return 1 - k * k / (1 + k * k) * exp(z / k) if z < 0 else exp(-k * z) / (1 + k * k)
    def mean(loc, scale, asymmetry): return loc + scale * (1 / asymmetry - asymmetry)
    def variance(loc, scale, asymmetry): return scale ** 2 * (asymmetry ** 2 + asymmetry ** -2)
    def entropy(loc, scale, asymmetry): return 1 + log(scale * (asymmetry + 1 / asymmetry))
    def mode(loc, scale, asymmetry): return loc
    def kinks(loc, scale, asymmetry): return [loc]


@family()
class Logistic:
    cases = [dict(loc=1e5, scale=1e-4), dict(loc=0, scale=1e150)]
    low, high = -inf, inf
    def logpdf(x, loc, scale):
        z = abs(x - loc) / scale
        return -z - 2 * mp.log1p(exp(-z)) - log(scale)
    def cdf(x, loc, scale): return logistic((x - loc) / scale)
    def sf(x, loc, scale): return logistic((loc - x) / scale)
    def mean(loc, scale): return loc
    def variance(loc, scale): return scale ** 2 * pi ** 2 / 3
    def entropy(loc, scale): return 2 + log(scale)
    def mode(loc, scale): return loc


@family()
class Cauchy:
    cases = [dict(loc=1e10, scale=1e-5), dict(loc=0, scale=1e140)]
    low, high = -inf, inf
    def logpdf(x, loc, scale): return -log(pi * scale) - mp.log1p(((x - loc) / scale) ** 2)
    def cdf(x, loc, scale): return mp.atan2(scale, loc - x) / pi
    def sf(x, loc, scale): return mp.atan2(scale, x - loc) / pi
    def entropy(loc, scale): return log(4 * pi * scale)
    def mode(loc, scale): return loc


@family()
class HalfCauchy:
    cases = [dict(scale=1e-120), dict(scale=1e140)]
    low, high = mpf(0), inf
    def logpdf(x, scale): return log(2 / (pi * scale)) - mp.log1p((x / scale) ** 2)
    def cdf(x, scale): return 2 * mp.atan(x / scale) / pi
    def sf(x, scale): return 2 * mp.atan2(scale, x) / pi
    def entropy(scale): return log(2 * pi * scale)


@family()
class StudentT:
    cases = [dict(df=1e6, loc=0, scale=1), dict(df=0.1, loc=1, scale=2), dict(df=1e10, loc=-3, scale=0.5), dict(df=2.0001, loc=0, scale=1e-100), dict(df=30, loc=1e5, scale=1)]
    low, high = -inf, inf
    def logpdf(x, df, loc, scale):
        z = (x - loc) / scale
        return mp.loggamma((df + 1) / 2) - mp.loggamma(df / 2) - log(pi * df) / 2 - log(scale) - (df + 1) / 2 * mp.log1p(z * z / df)
    def cdf(x, df, loc, scale):
        z = (x - loc) / scale
        tail = ibeta(df / 2, mpf(1) / 2, df / (df + z * z), z * z / (df + z * z)) / 2
        return tail if z <= 0 else 1 - tail
    def sf(x, df, loc, scale): return StudentT.cdf(2 * loc - x, df, loc, scale)
    def mean(df, loc, scale): return loc if df > 1 else None
    def variance(df, loc, scale): return scale ** 2 * df / (df - 2) if df > 2 else None
    def entropy(df, loc, scale):
        return ((df + 1) / 2 * (mp.digamma((df + 1) / 2) - mp.digamma(df / 2)) + log(df) / 2
                + mp.loggamma(df / 2) + mp.loggamma(mpf(1) / 2) - mp.loggamma((df + 1) / 2) + log(scale))
    def mode(df, loc, scale): return loc


@family()
class Gumbel:
    cases = [dict(loc=1e4, scale=1e-3), dict(loc=-5, scale=1e90)]
    low, high = -inf, inf
    def logpdf(x, loc, scale): return (loc - x) / scale - exp((loc - x) / scale) - log(scale)
    def cdf(x, loc, scale): return exp(-exp((loc - x) / scale))
    def sf(x, loc, scale): return -expm1(-exp((loc - x) / scale))
    def mean(loc, scale): return loc + mp.euler * scale
    def variance(loc, scale): return (pi * scale) ** 2 / 6
    def entropy(loc, scale): return log(scale) + mp.euler + 1
    def mode(loc, scale): return loc


@family()
class Weibull:
    cases = [dict(scale=1e-8, concentration=50), dict(scale=3, concentration=0.05), dict(scale=1e10, concentration=1000)]
    low, high = mpf(0), inf
    def logpdf(x, scale, concentration): return log(concentration / scale) + (concentration - 1) * log(x / scale) - (x / scale) ** concentration
    def cdf(x, scale, concentration): return -expm1(-(x / scale) ** concentration)
    def sf(x, scale, concentration): return exp(-(x / scale) ** concentration)
    def mean(scale, concentration): return scale * mp.gamma(1 + 1 / concentration)
    def variance(scale, concentration): return scale ** 2 * (mp.gamma(1 + 2 / concentration) - mp.gamma(1 + 1 / concentration) ** 2)
    def entropy(scale, concentration): return mp.euler * (1 - 1 / concentration) + log(scale / concentration) + 1
    def mode(scale, concentration): return scale * ((concentration - 1) / concentration) ** (1 / concentration) if concentration > 1 else mpf(0)


@family()
class Exponential:
    cases = [dict(rate=1e120), dict(rate=1e-120)]
    low, high = mpf(0), inf
    def logpdf(x, rate): return log(rate) - rate * x
    def cdf(x, rate): return -expm1(-rate * x)
    def sf(x, rate): return exp(-rate * x)
    def mean(rate): return 1 / rate
    def variance(rate): return rate ** -2
    def entropy(rate): return 1 - log(rate)


@family()
class Gamma:
    cases = [dict(concentration=1e-3, rate=2), dict(concentration=1e4, rate=1e-3), dict(concentration=1e5, rate=5), dict(concentration=30.5, rate=1e60), dict(concentration=1.0001, rate=1e-80)]
    low, high = mpf(0), inf
    def logpdf(x, concentration, rate): return concentration * log(rate) + (concentration - 1) * log(x) - rate * x - mp.loggamma(concentration)
    def cdf(x, concentration, rate): return plower(concentration, rate * x)
    def sf(x, concentration, rate): return pupper(concentration, rate * x)
    def mean(concentration, rate): return concentration / rate
    def variance(concentration, rate): return concentration / rate ** 2
    def entropy(concentration, rate): return concentration - log(rate) + mp.loggamma(concentration) + (1 - concentration) * mp.digamma(concentration)
    def mode(concentration, rate): return max(concentration - 1, mpf(0)) / rate


@family()
class Erlang(Gamma):
    cases = [dict(concentration=1000, rate=1e-5), dict(concentration=3, rate=1e100)]


@family()
class Chi2:
    cases = [dict(df=0.02), dict(df=1e4), dict(df=1e5), dict(df=2.5)]
    low, high = mpf(0), inf
    def logpdf(x, df): return Gamma.logpdf(x, df / 2, mpf(1) / 2)
    def cdf(x, df): return plower(df / 2, x / 2)
    def sf(x, df): return pupper(df / 2, x / 2)
    def mean(df): return df
    def variance(df): return 2 * df
    def entropy(df): return Gamma.entropy(df / 2, mpf(1) / 2)
    def mode(df): return max(df - 2, mpf(0))


@family()
class InverseGamma:
    cases = [dict(concentration=0.01, scale=3), dict(concentration=1e5, scale=2), dict(concentration=2.5, scale=1e-90)]
    low, high = mpf(0), inf
    def logpdf(x, concentration, scale): return concentration * log(scale) - (concentration + 1) * log(x) - scale / x - mp.loggamma(concentration)
    def cdf(x, concentration, scale): return pupper(concentration, scale / x)
    def sf(x, concentration, scale): return plower(concentration, scale / x)
    def mean(concentration, scale): return scale / (concentration - 1) if concentration > 1 else None
    def variance(concentration, scale): return scale ** 2 / (concentration - 1) ** 2 / (concentration - 2) if concentration > 2 else None
    def entropy(concentration, scale): return concentration + log(scale) + mp.loggamma(concentration) - (1 + concentration) * mp.digamma(concentration)
    def mode(concentration, scale): return scale / (concentration + 1)


@family()
class Beta:
    cases = [dict(concentration1=1e-3, concentration0=2), dict(concentration1=1e5, concentration0=3), dict(concentration1=2e6, concentration0=1e6),
             dict(concentration1=1e-2, concentration0=1e-2), dict(concentration1=0.3, concentration0=1e4)]
    low, high = mpf(0), mpf(1)
    def logpdf(x, concentration1, concentration0):
        a, b = concentration1, concentration0
        return (a - 1) * log(x) + (b - 1) * mp.log1p(-x) + mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b)
    def cdf(x, concentration1, concentration0): return ibeta(concentration1, concentration0, x, 1 - x)
    def sf(x, concentration1, concentration0): return ibeta(concentration0, concentration1, 1 - x, x)
    def mean(concentration1, concentration0): return concentration1 / (concentration1 + concentration0)
    def variance(concentration1, concentration0):
        s = concentration1 + concentration0
        return concentration1 * concentration0 / s ** 2 / (s + 1)
    def entropy(concentration1, concentration0):
        a, b = concentration1, concentration0
        return (mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b) - (a - 1) * mp.digamma(a) - (b - 1) * mp.digamma(b)
                + (a + b - 2) * mp.digamma(a + b))


@family()
class Kumaraswamy:
    cases = [dict(concentration1=1e-2, concentration0=5), dict(concentration1=200, concentration0=1e4), dict(concentration1=0.3, concentration0=0.05)]
    low, high = mpf(0), mpf(1)
    def logpdf(x, concentration1, concentration0):
        a, b = concentration1, concentration0
        return log(a * b) + (a - 1) * log(x) + (b - 1) * mp.log1p(-x ** a)
    def cdf(x, concentration1, concentration0): return -expm1(concentration0 * mp.log1p(-x ** concentration1))
    def sf(x, concentration1, concentration0): return (1 - x ** concentration1) ** concentration0
    def moment(n, a, b): return b * mp.beta(1 + n / a, b)
    def mean(concentration1, concentration0): return Kumaraswamy.moment(1, concentration1, concentration0)
    def variance(concentration1, concentration0):
        return Kumaraswamy.moment(2, concentration1, concentration0) - Kumaraswamy.moment(1, concentration1, concentration0) ** 2
    def entropy(concentration1, concentration0):
        a, b = concentration1, concentration0
        return (1 - 1 / b) + (1 - 1 / a) * (mp.digamma(b + 1) + mp.euler) - log(a * b)


@family()
class Uniform:
    cases = [dict(low=1e8, high=100000001.0), dict(low=-1e150, high=1e100)]
    def bounds(low, high): return low, high
    def logpdf(x, low, high): return -log(high - low)
    def cdf(x, low, high): return (x - low) / (high - low)
    def sf(x, low, high): return (high - x) / (high - low)
    def mean(low, high): return (low + high) / 2
    def variance(low, high): return (high - low) ** 2 / 12
    def entropy(low, high): return log(high - low)


@family()
class Pareto:
    cases = [dict(scale=1e-50, alpha=0.05), dict(scale=2, alpha=1e4), dict(scale=1e80, alpha=2.5)]
    def bounds(scale, alpha): return scale, inf
    def logpdf(x, scale, alpha): return log(alpha) + alpha * log(scale) - (alpha + 1) * log(x)
    def cdf(x, scale, alpha): return -expm1(alpha * log(scale / x))
    def sf(x, scale, alpha): return (scale / x) ** alpha
    def mean(scale, alpha): return alpha * scale / (alpha - 1) if alpha > 1 else None
    def variance(scale, alpha): return scale ** 2 * alpha / (alpha - 1) ** 2 / (alpha - 2) if alpha > 2 else None
    def entropy(scale, alpha): return log(scale / alpha) + 1 + 1 / alpha
    def mode(scale, alpha): return scale


@family()
class VonMises:
    cases = [dict(loc=3, concentration=1e-8), dict(loc=0, concentration=1e4), dict(loc=-1, concentration=1e7), dict(loc=0.2, concentration=3)]
    slow = True
    def bounds(loc, concentration): return loc - pi, loc + pi
    def scaled(n, k):
        """I_n(k) exp(-k), by the asymptotic series where its least term is below 60 digits (DLMF 10.40.1)."""
        if k < 200:
            return mp.besseli(n, k) * exp(-k)
        term = total = mpf(1)
        for j in range(1, 160):
            term *= -(4 * n * n - (2 * j - 1) ** 2) / (8 * k * j)
            total += term
        return total / sqrt(2 * pi * k)
    def logi0(k): return k + log(VonMises.scaled(0, k))
    def ratio(k): return VonMises.scaled(1, k) / VonMises.scaled(0, k)
    def logpdf(x, loc, concentration): return concentration * mp.cos(x - loc) - log(2 * pi) - VonMises.logi0(concentration)
    def cdf(x, loc, concentration):
        t, k = x - loc, concentration
        if k > 50:
            w = sqrt(1 / k)
            f = lambda u: exp(-2 * k * mp.sin(u / 2) ** 2)
            norm = exp(k - log(2 * pi) - VonMises.logi0(k))
            end, step = abs(t), w * 2
            cuts = [end] + [c for c in [end + step * j for j in range(1, 25)] if c < pi]
            if cuts[-1] < pi and len(cuts) < 25:
                cuts.append(pi)
            tail = norm * mp.quad(f, cuts)
            return tail if t <= 0 else 1 - tail
        norm = exp(-log(2 * pi) - VonMises.logi0(k))
        return norm * mp.quad(lambda u: exp(k * mp.cos(u)), [-pi, (t - pi) / 2, t])
    def sf(x, loc, concentration): return VonMises.cdf(2 * loc - x, loc, concentration)
    def mean(loc, concentration): return loc
    def variance(loc, concentration): return 1 - VonMises.ratio(concentration)
    def entropy(loc, concentration): return log(2 * pi) + VonMises.logi0(concentration) - concentration * VonMises.ratio(concentration)
    def mode(loc, concentration): return loc


@family()
class TruncatedNormal:
    cases = [dict(loc=0, scale=1, low=30, high=31), dict(loc=5, scale=1e-3, low=-1e4, high=1e4), dict(loc=0, scale=1e4, low=-1, high=2), dict(loc=-2, scale=1, low=-45, high=-40),
             dict(loc=0, scale=1, low=-3, high=40), dict(loc=0, scale=1, low=0.5, high=0.501),
             dict(loc=0, scale=1, low=0.5, high=0.5 + 1e-7), dict(loc=3, scale=2, low=-7, high=-7 + 1e-9), dict(loc=0, scale=1, low=-1e-12, high=2e-12)]
    def bounds(loc, scale, low, high): return low, high
    def mass(loc, scale, a, b):
        u, v = (a - loc) / scale, (b - loc) / scale
        return ncdf(-u) - ncdf(-v) if u > 0 else ncdf(v) - ncdf(u)
    def logpdf(x, loc, scale, low, high): return nlogpdf((x - loc) / scale) - log(scale) - log(TruncatedNormal.mass(loc, scale, low, high))
    def cdf(x, loc, scale, low, high): return TruncatedNormal.mass(loc, scale, low, x) / TruncatedNormal.mass(loc, scale, low, high)
    def sf(x, loc, scale, low, high): return TruncatedNormal.mass(loc, scale, x, high) / TruncatedNormal.mass(loc, scale, low, high)
    def parts(loc, scale, low, high):
        a, b = (low - loc) / scale, (high - loc) / scale
        z = TruncatedNormal.mass(mpf(0), mpf(1), a, b)
        pa, pb = exp(nlogpdf(a)) / z, exp(nlogpdf(b)) / z
        return a, b, z, pa, pb
    def mean(loc, scale, low, high):
        a, b, z, pa, pb = TruncatedNormal.parts(loc, scale, low, high)
        return loc + scale * (pa - pb)
    def variance(loc, scale, low, high):
        a, b, z, pa, pb = TruncatedNormal.parts(loc, scale, low, high)
        return scale ** 2 * (1 + a * pa - b * pb - (pa - pb) ** 2)
    def entropy(loc, scale, low, high):
        a, b, z, pa, pb = TruncatedNormal.parts(loc, scale, low, high)
        return log(sqrt(2 * pi * mp.e) * scale * z) + (a * pa - b * pb) / 2
    def mode(loc, scale, low, high): return min(max(loc, low), high)


@family()
class ContinuousBernoulli:
    cases = [dict(probs=0.5), dict(probs=0.5000001), dict(probs=1e-30), dict(probs=0.49), dict(probs=1 - 1e-12)]
    low, high = mpf(0), mpf(1)
    def eta(p): return log(p) - mp.log1p(-p)
    def lognorm(t): return mp.log(expm1(t) / t) if abs(t) > mpf(10) ** -25 else t / 2 + t * t / 24
    def logpdf(x, probs):
        t = ContinuousBernoulli.eta(probs)
        return t * x - ContinuousBernoulli.lognorm(t)
    def cdf(x, probs):
        t = ContinuousBernoulli.eta(probs)
        return expm1(t * x) / expm1(t) if t != 0 else x
    def sf(x, probs): return ContinuousBernoulli.cdf(1 - x, 1 - probs)
    def mean(probs): return mp.diff(ContinuousBernoulli.lognorm, ContinuousBernoulli.eta(probs)) if probs != 0.5 else mpf(1) / 2
    def variance(probs): return mp.diff(ContinuousBernoulli.lognorm, ContinuousBernoulli.eta(probs), 2) if probs != 0.5 else mpf(1) / 12
    def entropy(probs):
        t = ContinuousBernoulli.eta(probs)
        return ContinuousBernoulli.lognorm(t) - t * ContinuousBernoulli.mean(probs)


@family()
class Levy:
    cases = [dict(loc=0, scale=1e-60), dict(loc=1e6, scale=1e3)]
    def bounds(loc, scale): return loc, inf
    def logpdf(x, loc, scale): return log(scale / (2 * pi)) / 2 - scale / (2 * (x - loc)) - mpf(3) / 2 * log(x - loc)
    def cdf(x, loc, scale): return erfc(sqrt(scale / (2 * (x - loc))))
    def sf(x, loc, scale): return erf(sqrt(scale / (2 * (x - loc))))
    def entropy(loc, scale): return (1 + 3 * mp.euler + log(16 * pi * scale ** 2)) / 2
    def mode(loc, scale): return loc + scale / 3


@family()
class Rayleigh:
    cases = [dict(scale=1e-100), dict(scale=1e100)]
    low, high = mpf(0), inf
    def logpdf(x, scale): return log(x) - 2 * log(scale) - (x / scale) ** 2 / 2
    def cdf(x, scale): return -expm1(-(x / scale) ** 2 / 2)
    def sf(x, scale): return exp(-(x / scale) ** 2 / 2)
    def mean(scale): return scale * sqrt(pi / 2)
    def variance(scale): return (4 - pi) / 2 * scale ** 2
    def entropy(scale): return 1 + log(scale / sqrt(2)) + mp.euler / 2
    def mode(scale): return scale


@family()
class Moyal:
    cases = [dict(loc=1e5, scale=1e-2), dict(loc=0, scale=1e80)]
    low, high = -inf, inf
    def logpdf(x, loc, scale):
        z = (x - loc) / scale
        return -(z + exp(-z)) / 2 - log(2 * pi) / 2 - log(scale)
    def cdf(x, loc, scale): return erfc(exp(-(x - loc) / scale / 2) / sqrt(2))
    def sf(x, loc, scale): return erf(exp(-(x - loc) / scale / 2) / sqrt(2))
    def mean(loc, scale): return loc + scale * (mp.euler + log(2))
    def variance(loc, scale): return (pi * scale) ** 2 / 2
    def entropy(loc, scale): return (1 + mp.euler + log(4 * pi)) / 2 + log(scale)
    def mode(loc, scale): return loc


@family()
class GeneralizedNormal:
    cases = [dict(loc=0, scale=1, power=0.05), dict(loc=1, scale=3, power=100), dict(loc=-2, scale=1e-30, power=1.5), dict(loc=0, scale=2, power=8)]
    low, high = -inf, inf
    def logpdf(x, loc, scale, power): return log(power / (2 * scale)) - mp.loggamma(1 / power) - (abs(x - loc) / scale) ** power
    def cdf(x, loc, scale, power):
        tail = pupper(1 / power, (abs(x - loc) / scale) ** power) / 2
        return tail if x <= loc else 1 - tail
    def sf(x, loc, scale, power): return GeneralizedNormal.cdf(2 * loc - x, loc, scale, power)
    def mean(loc, scale, power): return loc
    def variance(loc, scale, power): return scale ** 2 * mp.gamma(3 / power) / mp.gamma(1 / power)
    def entropy(loc, scale, power): return 1 / power - log(power / (2 * scale)) + mp.loggamma(1 / power)
    def mode(loc, scale, power): return loc


@family()
class ExGaussian:
    cases = [dict(loc=0, scale=1, rate=1e4), dict(loc=5, scale=1e-5, rate=1), dict(loc=0, scale=1e3, rate=1e-4), dict(loc=-1, scale=2, rate=30)]
    low, high = -inf, inf
    def logpdf(x, loc, scale, rate):
        return log(rate) + rate * (loc - x) + (rate * scale) ** 2 / 2 + log(ncdf((x - loc) / scale - rate * scale))
    def cdf(x, loc, scale, rate): return ncdf((x - loc) / scale) - exp(ExGaussian.logpdf(x, loc, scale, rate)) / rate
    def sf(x, loc, scale, rate): return ncdf((loc - x) / scale) + exp(ExGaussian.logpdf(x, loc, scale, rate)) / rate
    def mean(loc, scale, rate): return loc + 1 / rate
    def variance(loc, scale, rate): return scale ** 2 + rate ** -2


@family()
class LogLogistic:
    cases = [dict(scale=1e-30, concentration=0.1), dict(scale=5, concentration=300)]
    low, high = mpf(0), inf
    def logpdf(x, scale, concentration):
        t = concentration * log(x / scale)
        return log(concentration) - log(x) + t - 2 * (mp.log1p(exp(t)) if t < 0 else t + mp.log1p(exp(-t)))
    def cdf(x, scale, concentration): return logistic(concentration * log(x / scale))
    def sf(x, scale, concentration): return logistic(-concentration * log(x / scale))
    def mean(scale, concentration): return scale * (pi / concentration) / mp.sin(pi / concentration) if concentration > 1 else None
    def variance(scale, concentration):
        b = pi / concentration
        return scale ** 2 * (2 * b / mp.sin(2 * b) - (b / mp.sin(b)) ** 2) if concentration > 2 else None
    def entropy(scale, concentration): return 2 + log(scale / concentration)


@family()
class FisherSnedecor:
    cases = [dict(df1=1e5, df2=1e4), dict(df1=0.1, df2=3), dict(df1=5, df2=0.2), dict(df1=3, df2=1e8), dict(df1=1e7, df2=5)]
    low, high = mpf(0), inf
    def logpdf(x, df1, df2):
        r = df1 / df2 * x
        return (df1 / 2 * log(df1 / df2) + (df1 / 2 - 1) * log(x) - (df1 + df2) / 2 * mp.log1p(r)
                + mp.loggamma((df1 + df2) / 2) - mp.loggamma(df1 / 2) - mp.loggamma(df2 / 2))
    def cdf(x, df1, df2):
        r = df1 * x
        return ibeta(df1 / 2, df2 / 2, r / (r + df2), df2 / (r + df2))
    def sf(x, df1, df2):
        r = df1 * x
        return ibeta(df2 / 2, df1 / 2, df2 / (r + df2), r / (r + df2))
    def mean(df1, df2): return df2 / (df2 - 2) if df2 > 2 else None
    def variance(df1, df2): return 2 * df2 ** 2 * (df1 + df2 - 2) / (df1 * (df2 - 2) ** 2 * (df2 - 4)) if df2 > 4 else None
    def entropy(df1, df2):
        a, b = df1 / 2, df2 / 2
        return (log(b / a) + mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b) + (1 - a) * mp.digamma(a) - (1 + b) * mp.digamma(b) + (a + b) * mp.digamma(a + b))
    def mode(df1, df2): return (df1 - 2) / df1 * df2 / (df2 + 2) if df1 > 2 else mpf(0)


@family()
class InverseGaussian:
    cases = [dict(loc=1e3, concentration=1e-3), dict(loc=2, concentration=1e6), dict(loc=1e-10, concentration=5), dict(loc=1e8, concentration=1)]
    low, high = mpf(0), inf
    def logpdf(x, loc, concentration):
        return log(concentration / (2 * pi * x ** 3)) / 2 - concentration * (x - loc) ** 2 / (2 * loc ** 2 * x)
    def cdf(x, loc, concentration):
        r = sqrt(concentration / x)
        return ncdf(r * (x / loc - 1)) + exp(2 * concentration / loc + log(ncdf(-r * (x / loc + 1))))
    def sf(x, loc, concentration):
        r = sqrt(concentration / x)
        return ncdf(-r * (x / loc - 1)) - exp(2 * concentration / loc + log(ncdf(-r * (x / loc + 1))))
    def mean(loc, concentration): return loc
    def variance(loc, concentration): return loc ** 3 / concentration
    def mode(loc, concentration):
        t = 3 * loc / (2 * concentration)
        return loc * (sqrt(1 + t * t) - t)


@family()
class Maxwell:
    cases = [dict(scale=1e-100), dict(scale=1e100)]
    low, high = mpf(0), inf
    def logpdf(x, scale): return log(2 / pi) / 2 + 2 * log(x) - 3 * log(scale) - (x / scale) ** 2 / 2
    def cdf(x, scale): return plower(mpf(3) / 2, (x / scale) ** 2 / 2)
    def sf(x, scale): return pupper(mpf(3) / 2, (x / scale) ** 2 / 2)
    def mean(scale): return 2 * scale * sqrt(2 / pi)
    def variance(scale): return scale ** 2 * (3 * pi - 8) / pi
    def entropy(scale): return log(scale * sqrt(2 * pi)) + mp.euler - mpf(1) / 2
    def mode(scale): return sqrt(mpf(2)) * scale


@family()
class LogUniform:
    cases = [dict(low=1e-300, high=1e300), dict(low=1, high=1.0000001)]
    def bounds(low, high): return low, high
    def logpdf(x, low, high): return -log(x) - log(log(high / low))
    def cdf(x, low, high): return log(x / low) / log(high / low)
    def sf(x, low, high): return log(high / x) / log(high / low)
    def mean(low, high): return (high - low) / log(high / low)
    def variance(low, high):
        w = log(high / low)
        return (high ** 2 - low ** 2) / (2 * w) - ((high - low) / w) ** 2
    def entropy(low, high): return log(low * high) / 2 + log(log(high / low))
    def mode(low, high): return low


@family()
class Lomax:
    cases = [dict(scale=1e-40, alpha=0.02), dict(scale=3, alpha=1e6)]
    low, high = mpf(0), inf
    def logpdf(x, scale, alpha): return log(alpha / scale) - (alpha + 1) * mp.log1p(x / scale)
    def cdf(x, scale, alpha): return -expm1(-alpha * mp.log1p(x / scale))
    def sf(x, scale, alpha): return (1 + x / scale) ** -alpha
    def mean(scale, alpha): return scale / (alpha - 1) if alpha > 1 else None
    def variance(scale, alpha): return scale ** 2 * alpha / (alpha - 1) ** 2 / (alpha - 2) if alpha > 2 else None
    def entropy(scale, alpha): return log(scale / alpha) + 1 + 1 / alpha


@family()
class LogitNormal:
    cases = [dict(loc=20, scale=1), dict(loc=0, scale=50), dict(loc=-3, scale=1e-4), dict(loc=0, scale=0.01)]
    low, high = mpf(0), mpf(1)
    def logpdf(x, loc, scale): return nlogpdf((log(x) - mp.log1p(-x) - loc) / scale) - log(scale) - log(x) - mp.log1p(-x)
    def cdf(x, loc, scale): return ncdf((log(x) - mp.log1p(-x) - loc) / scale)
    def sf(x, loc, scale): return ncdf((loc - log(x) + mp.log1p(-x)) / scale)
    def expect(g, loc, scale):
        return mp.quad(lambda z: exp(nlogpdf(z)) * g(loc + scale * z), sorted([mpf(j) for j in range(-18, 19, 2)] + ([-loc / scale] if abs(loc / scale) < 18 else [])
                       + [(-loc + c) / scale for c in (-8, -3, -1, 1, 3, 8) if scale > 5]))
    def mean(loc, scale): return LogitNormal.expect(logistic, loc, scale)
    def variance(loc, scale):
        m = LogitNormal.mean(loc, scale)
        return LogitNormal.expect(lambda t: (logistic(t) - m) ** 2, loc, scale)
    def entropy(loc, scale):
        return log(2 * pi * mp.e) / 2 + log(scale) + LogitNormal.expect(lambda t: -abs(t) - 2 * mp.log1p(exp(-abs(t))), loc, scale)


@family()
class JohnsonSU:
    cases = [dict(gamma=-20, delta=3, loc=0, scale=1), dict(gamma=0, delta=0.2, loc=1, scale=2), dict(gamma=1, delta=50, loc=-1e3, scale=10)]
    low, high = -inf, inf
    def logpdf(x, gamma, delta, loc, scale):
        u = (x - loc) / scale
        return nlogpdf(gamma + delta * mp.asinh(u)) + log(delta / scale) - mp.log1p(u * u) / 2
    def cdf(x, gamma, delta, loc, scale): return ncdf(gamma + delta * mp.asinh((x - loc) / scale))
    def sf(x, gamma, delta, loc, scale): return ncdf(-gamma - delta * mp.asinh((x - loc) / scale))
    def mean(gamma, delta, loc, scale): return loc - scale * exp(delta ** -2 / 2) * mp.sinh(gamma / delta)
    def variance(gamma, delta, loc, scale):
        return scale ** 2 / 2 * expm1(delta ** -2) * (exp(delta ** -2) * mp.cosh(2 * gamma / delta) + 1)


@family()
class Frechet:
    cases = [dict(scale=1e-20, alpha=0.05), dict(scale=4, alpha=500), dict(scale=1e50, alpha=2.5)]
    low, high = mpf(0), inf
    def logpdf(x, scale, alpha): return log(alpha / scale) - (1 + alpha) * log(x / scale) - (x / scale) ** -alpha
    def cdf(x, scale, alpha): return exp(-(x / scale) ** -alpha)
    def sf(x, scale, alpha): return -expm1(-(x / scale) ** -alpha)
    def mean(scale, alpha): return scale * mp.gamma(1 - 1 / alpha) if alpha > 1 else None
    def variance(scale, alpha): return scale ** 2 * (mp.gamma(1 - 2 / alpha) - mp.gamma(1 - 1 / alpha) ** 2) if alpha > 2 else None
    def entropy(scale, alpha): return 1 + mp.euler / alpha + mp.euler + log(scale / alpha)
    def mode(scale, alpha): return scale * (alpha / (1 + alpha)) ** (1 / alpha)


@family()
class Triangular:
    cases = [dict(low=0, high=1, peak=1e-10), dict(low=-1e6, high=1e6, peak=999999), dict(low=2, high=2.0001, peak=2.00005)]
    def bounds(low, high, peak): return low, high
    def logpdf(x, low, high, peak):
        return log(2 / (high - low)) + (log((x - low) / (peak - low)) if x <= peak else log((high - x) / (high - peak)))
    def cdf(x, low, high, peak):
        return (x - low) ** 2 / (high - low) / (peak - low) if x <= peak else 1 - (high - x) ** 2 / (high - low) / (high - peak)
    def sf(x, low, high, peak):
        return 1 - (x - low) ** 2 / (high - low) / (peak - low) if x <= peak else (high - x) ** 2 / (high - low) / (high - peak)
    def mean(low, high, peak): return (low + high + peak) / 3
    def variance(low, high, peak): return (low ** 2 + high ** 2 + peak ** 2 - low * high - low * peak - high * peak) / 18
    def entropy(low, high, peak): return mpf(1) / 2 + log((high - low) / 2)
    def mode(low, high, peak): return peak
    def kinks(low, high, peak): return [peak]


@family()
class Gompertz:
    cases = [dict(concentration=1e-8, rate=1), dict(concentration=50, rate=1e-3), dict(concentration=0.3, rate=1e20)]
    low, high = mpf(0), inf
    def logpdf(x, concentration, rate): return log(concentration * rate) + rate * x - concentration * expm1(rate * x)
    def cdf(x, concentration, rate): return -expm1(-concentration * expm1(rate * x))
    def sf(x, concentration, rate): return exp(-concentration * expm1(rate * x))
    def mean(concentration, rate): return exp(concentration) * mp.e1(concentration) / rate
    def mode(concentration, rate): return -log(concentration) / rate if concentration < 1 else mpf(0)


@family()
class PowerLaw:
    cases = [dict(power=-1, low=1e-3, high=1e4), dict(power=-1 + 1e-9, low=1e-200, high=1e200), dict(power=0, low=2, high=3), dict(power=200, low=1e-8, high=1e8),
             dict(power=-60, low=1e-5, high=1e30), dict(power=3.5, low=1, high=1.0000001), dict(power=-2.35, low=0.08, high=120)]
    def bounds(power, low, high): return low, high
    def log_mass(power, low, high):
        """ln of the integral of x^power from low to high."""
        s, width = power + 1, log(high) - log(low)
        return log(width) if s == 0 else s * log(low) + log(expm1(s * width) / s) if s < 0 else s * log(high) + log(-expm1(-s * width) / s)
    def logpdf(x, power, low, high): return power * log(x) - PowerLaw.log_mass(power, low, high)
    def cdf(x, power, low, high): return exp(PowerLaw.log_mass(power, low, x) - PowerLaw.log_mass(power, low, high)) if x > low else mpf(0)
    def sf(x, power, low, high): return exp(PowerLaw.log_mass(power, x, high) - PowerLaw.log_mass(power, low, high)) if x < high else mpf(0)
    def mean(power, low, high): return exp(PowerLaw.log_mass(power + 1, low, high) - PowerLaw.log_mass(power, low, high))
    def variance(power, low, high): return exp(PowerLaw.log_mass(power + 2, low, high) - PowerLaw.log_mass(power, low, high)) - PowerLaw.mean(power, low, high) ** 2
    def entropy(power, low, high): return PowerLaw.log_mass(power, low, high) - power * mp.diff(lambda a: PowerLaw.log_mass(a, low, high), power)
    def mode(power, low, high): return high if power > 0 else low


@family()
class GeneralizedPareto:
    cases = [dict(loc=0, scale=1, concentration=1e-9), dict(loc=3, scale=2, concentration=-1e-6), dict(loc=-1, scale=1e-5, concentration=0.45), dict(loc=0, scale=1, concentration=-3),
             dict(loc=0, scale=5, concentration=20)]
    def bounds(loc, scale, concentration): return loc, (loc - scale / concentration if concentration < 0 else inf)
    def logpdf(x, loc, scale, concentration): return -log(scale) - (1 + 1 / concentration) * mp.log1p(concentration * (x - loc) / scale)
    def cdf(x, loc, scale, concentration): return -expm1(-mp.log1p(concentration * (x - loc) / scale) / concentration)
    def sf(x, loc, scale, concentration): return exp(-mp.log1p(concentration * (x - loc) / scale) / concentration)
    def mean(loc, scale, concentration): return loc + scale / (1 - concentration) if concentration < 1 else None
    def variance(loc, scale, concentration): return scale ** 2 / (1 - concentration) ** 2 / (1 - 2 * concentration) if concentration < 0.5 else None
    def entropy(loc, scale, concentration): return log(scale) + concentration + 1


@family()
class GeneralizedExtremeValue:
    cases = [dict(loc=0, scale=1, concentration=1e-9), dict(loc=3, scale=2, concentration=-1e-5), dict(loc=0, scale=1, concentration=0.49), dict(loc=1, scale=3, concentration=-2), dict(loc=0, scale=1e-20, concentration=5)]
    def bounds(loc, scale, concentration):
        edge = loc - scale / concentration
        return (edge, inf) if concentration > 0 else (-inf, edge)
    def tail(x, loc, scale, concentration): return exp(-mp.log1p(concentration * (x - loc) / scale) / concentration)
    def logpdf(x, loc, scale, concentration):
        t = GeneralizedExtremeValue.tail(x, loc, scale, concentration)
        return -log(scale) + (1 + concentration) * log(t) - t
    def cdf(x, **p): return exp(-GeneralizedExtremeValue.tail(x, **p))
    def sf(x, **p): return -expm1(-GeneralizedExtremeValue.tail(x, **p))
    def mean(loc, scale, concentration): return loc + scale * (mp.gamma(1 - concentration) - 1) / concentration if concentration < 1 else None
    def variance(loc, scale, concentration):
        return scale ** 2 * (mp.gamma(1 - 2 * concentration) - mp.gamma(1 - concentration) ** 2) / concentration ** 2 if concentration < 0.5 else None
    def entropy(loc, scale, concentration): return log(scale) + mp.euler * concentration + mp.euler + 1


@family()
class HalfStudentT:
    cases = [dict(df=0.1, scale=2), dict(df=1e8, scale=1e-3)]
    low, high = mpf(0), inf
    def logpdf(x, df, scale): return log(2) + StudentT.logpdf(x, df, mpf(0), scale)
    def cdf(x, df, scale):
        z = x / scale
        return ibeta(mpf(1) / 2, df / 2, z * z / (df + z * z), df / (df + z * z))
    def sf(x, df, scale):
        z = x / scale
        return ibeta(df / 2, mpf(1) / 2, df / (df + z * z), z * z / (df + z * z))
    def entropy(df, scale): return StudentT.entropy(df, mpf(0), scale) - log(2)


@family()
class SinhArcsinh:
    cases = [dict(loc=0, scale=1, skewness=3, tailweight=0.3), dict(loc=-5, scale=1e-6, skewness=-0.5, tailweight=4)]
    low, high = -inf, inf
    def z(x, loc, scale, skewness, tailweight): return mp.sinh(mp.asinh((x - loc) / scale) / tailweight - skewness)
    def logpdf(x, loc, scale, skewness, tailweight):
        u = (x - loc) / scale
        t = mp.asinh(u) / tailweight - skewness
        return nlogpdf(mp.sinh(t)) + log(mp.cosh(t)) - log(tailweight * scale) - mp.log1p(u * u) / 2
    def cdf(x, **p): return ncdf(SinhArcsinh.z(x, **p))
    def sf(x, **p): return ncdf(-SinhArcsinh.z(x, **p))


@family()
class LogLaplace:
    cases = [dict(scale=3, concentration=0.7), dict(scale=1e-20, concentration=1e4), dict(scale=2, concentration=2.5)]
    low, high = mpf(0), inf
    def logpdf(x, scale, concentration): return log(concentration / 2) - concentration * abs(log(x / scale)) - log(x)
    def cdf(x, scale, concentration):
        t = concentration * log(x / scale)
        return exp(t) / 2 if t < 0 else 1 - exp(-t) / 2
    def sf(x, scale, concentration): return LogLaplace.cdf(scale * scale / x, scale, concentration)
    def mean(scale, concentration): return scale * concentration ** 2 / (concentration ** 2 - 1) if concentration > 1 else None
    def variance(scale, concentration):
        c = concentration ** 2
        return scale ** 2 * (c / (c - 4) - (c / (c - 1)) ** 2) if concentration > 2 else None
    def entropy(scale, concentration): return 1 + log(2 * scale / concentration)
    def kinks(scale, concentration): return [scale]


@family()
class SplitNormal:
    cases = [dict(loc=0, lower=1e-8, upper=3), dict(loc=2, lower=5, upper=0.5), dict(loc=-1e3, lower=1, upper=1e6)]
    low, high = -inf, inf
    def logpdf(x, loc, lower, upper): return nlogpdf((x - loc) / (lower if x < loc else upper)) + log(2 / (lower + upper))
    def cdf(x, loc, lower, upper):
        t = lower + upper
        return 2 * lower / t * ncdf((x - loc) / lower) if x < loc else 1 - 2 * upper / t * ncdf((loc - x) / upper)
    def sf(x, loc, lower, upper): return SplitNormal.cdf(2 * loc - x, loc, upper, lower)
    def mean(loc, lower, upper): return loc + sqrt(2 / pi) * (upper - lower)
    def variance(loc, lower, upper): return (1 - 2 / pi) * (upper - lower) ** 2 + lower * upper
    def entropy(loc, lower, upper): return (1 + log(pi / 2)) / 2 + log(lower + upper)
    def mode(loc, lower, upper): return loc


# ---- counts ----

@family(kind="discrete")
class Bernoulli:
    cases = [dict(probs=1 - 1e-15), dict(probs=1e-300), dict(probs=0.5)]
    def outcomes(probs): return [0, 1]
    def logpdf(k, probs): return log(probs) if k == 1 else mp.log1p(-probs)
    top = 1


@family(kind="discrete")
class BernoulliLogits:
    cases = [dict(logits=-745), dict(logits=40), dict(logits=-1e-9)]
    def outcomes(logits): return [0, 1]
    def logpdf(k, logits): return -mp.log1p(exp(-logits)) if k == 1 else -mp.log1p(exp(logits))
    top = 1


@family(kind="discrete")
class Binomial:
    cases = [dict(total_count=1000, probs=1e-6), dict(total_count=100000, probs=0.3), dict(total_count=50, probs=1 - 1e-9), dict(total_count=10000000, probs=0.5)]
    def outcomes(total_count, probs):
        n, p = int(total_count), probs
        m, s = float(n * p), max(1.0, float(sqrt(n * p * (1 - p))))
        return sorted({k for k in [0, 1, 2, 5, n - 2, n - 1, n] + [int(m + j * s) for j in (-20, -6, -2, 0, 2, 6, 20)] if 0 <= k <= n})
    def logpdf(k, total_count, probs):
        n = total_count
        return mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1) + k * log(probs) + (n - k) * mp.log1p(-probs)
    def cdf(k, total_count, probs): return ibeta(total_count - k, k + 1, 1 - probs, probs) if k < total_count else mpf(1)
    def mean(total_count, probs): return total_count * probs
    def variance(total_count, probs): return total_count * probs * (1 - probs)
    def span(total_count, probs): return 0, int(total_count)


@family(kind="discrete")
class Geometric:
    cases = [dict(probs=1e-5), dict(probs=1e-12), dict(probs=1 - 1e-10)]
    def outcomes(probs):
        m = float(1 / probs)
        return sorted({int(j * m) for j in (0, 0.001, 0.1, 0.7, 5, 30, 300)} | {0, 1, 2, 10})
    def logpdf(k, probs): return k * mp.log1p(-probs) + log(probs)
    def cdf(k, probs): return -expm1((k + 1) * mp.log1p(-probs))
    def mean(probs): return (1 - probs) / probs
    def variance(probs): return (1 - probs) / probs ** 2
    def entropy(probs): return -((1 - probs) * mp.log1p(-probs) + probs * log(probs)) / probs


@family(kind="discrete")
class Poisson:
    cases = [dict(rate=1e-100), dict(rate=3e8), dict(rate=0.5), dict(rate=2000)]
    def outcomes(rate):
        m, s = float(rate), float(sqrt(rate))
        return sorted({k for k in [0, 1, 2, 5, 20] + [int(m + j * s) for j in (-20, -6, -2, 0, 2, 6, 20)] if k >= 0})
    def logpdf(k, rate): return k * log(rate) - rate - mp.loggamma(k + 1)
    def cdf(k, rate): return pupper(mpf(k + 1), rate)
    def mean(rate): return rate
    def variance(rate): return rate
    def span(rate): return max(0, int(rate - 25 * sqrt(rate)) - 5), int(rate + 25 * sqrt(rate)) + 60


@family(kind="discrete")
class NegativeBinomial:
    cases = [dict(total_count=1e-3, probs=0.999), dict(total_count=5000, probs=0.8), dict(total_count=2.5, probs=1e-10), dict(total_count=3, probs=0.9999), dict(total_count=1e7, probs=1e-5)]
    def outcomes(total_count, probs):
        m, s = float(total_count * probs / (1 - probs)), float(sqrt(total_count * probs) / (1 - probs))
        return sorted({k for k in [0, 1, 2, 5, 50] + [int(m + j * s) for j in (-6, -2, 0, 2, 6, 20)] if k >= 0})
    def logpdf(k, total_count, probs):
        r = total_count
        return mp.loggamma(r + k) - mp.loggamma(r) - mp.loggamma(k + 1) + k * log(probs) + r * mp.log1p(-probs)
    def cdf(k, total_count, probs): return ibeta(total_count, mpf(k + 1), 1 - probs, probs)
    def mean(total_count, probs): return total_count * probs / (1 - probs)
    def variance(total_count, probs): return total_count * probs / (1 - probs) ** 2
    def span(total_count, probs):
        m, s = total_count * probs / (1 - probs), sqrt(total_count * probs) / (1 - probs)
        return max(0, int(m - 30 * s)), int(m + 60 * s + 80 / (1 - probs)) + 60


@family(kind="discrete")
class ZeroInflatedPoisson:
    cases = [dict(gate=1e-12, rate=1000), dict(gate=1 - 1e-9, rate=3), dict(gate=0.5, rate=1e-8)]
    def outcomes(gate, rate): return Poisson.outcomes(rate)
    def logpdf(k, gate, rate): return log((gate if k == 0 else 0) + (1 - gate) * exp(Poisson.logpdf(k, rate)))
    def cdf(k, gate, rate): return gate + (1 - gate) * Poisson.cdf(k, rate)
    def mean(gate, rate): return (1 - gate) * rate
    def variance(gate, rate): return (1 - gate) * rate * (1 + gate * rate)
    def span(gate, rate): return 0, int(rate + 25 * sqrt(rate)) + 60


@family(kind="discrete")
class BetaBinomial:
    cases = [dict(concentration1=1e-3, concentration0=2e-3, total_count=20), dict(concentration1=1e6, concentration0=2e6, total_count=100), dict(concentration1=3, concentration0=200, total_count=3000)]
    def outcomes(concentration1, concentration0, total_count):
        n = int(total_count)
        m = float(total_count * concentration1 / (concentration1 + concentration0))
        return sorted({k for k in [0, 1, 2, int(m / 2), int(m), int(2 * m) + 3, n - 1, n] if 0 <= k <= n})
    def logpdf(k, concentration1, concentration0, total_count):
        a, b, n = concentration1, concentration0, total_count
        g = mp.loggamma
        return g(n + 1) - g(k + 1) - g(n - k + 1) + g(k + a) + g(n - k + b) - g(n + a + b) + g(a + b) - g(a) - g(b)
    def mean(concentration1, concentration0, total_count): return total_count * concentration1 / (concentration1 + concentration0)
    def variance(concentration1, concentration0, total_count):
        a, b, n = concentration1, concentration0, total_count
        return n * a * b * (a + b + n) / (a + b) ** 2 / (a + b + 1)
    def span(concentration1, concentration0, total_count): return 0, int(total_count)


@family(kind="discrete")
class DiscreteUniform:
    cases = [dict(low=-1000000, high=1000000), dict(low=7, high=7)]
    def outcomes(low, high): return sorted({int(low), int(high), int((low + high) / 2)})
    def logpdf(k, low, high): return -log(high - low + 1)
    def cdf(k, low, high): return (k - low + 1) / (high - low + 1)
    def mean(low, high): return (low + high) / 2
    def variance(low, high): return ((high - low + 1) ** 2 - 1) / 12
    def entropy(low, high): return log(high - low + 1)


@family(kind="discrete")
class Logarithmic:
    cases = [dict(probs=1e-12), dict(probs=0.999), dict(probs=0.9)]
    def outcomes(probs): return [1, 2, 3, 10, 50, 400, 3000]
    def logpdf(k, probs): return k * log(probs) - log(mpf(k)) - log(-mp.log1p(-probs))
    def mean(probs): return probs / (1 - probs) / -mp.log1p(-probs)
    def variance(probs):
        l = mp.log1p(-probs)
        return -probs * (probs + l) / ((1 - probs) * l) ** 2
    def span(probs): return 1, max(40, int(130 / (1 - probs)))


@family(kind="discrete")
class Skellam:
    cases = [dict(rate1=1e-6, rate2=1e-3), dict(rate1=300, rate2=20), dict(rate1=2000, rate2=2000), dict(rate1=1e5, rate2=1e-3)]
    def outcomes(rate1, rate2):
        m, s = float(rate1 - rate2), float(sqrt(rate1 + rate2))
        return sorted({0, 1, -1, 3, -3} | {int(m + j * s) for j in (-15, -5, -1, 0, 1, 5, 15)})
    def logpdf(k, rate1, rate2):
        # log of the sum over common counts, whose terms are positive
        n, a, b = abs(int(k)), rate1, rate2
        if k < 0:
            a, b = b, a
        peak = (-n + sqrt(mpf(n) ** 2 + 4 * a * b)) / 2
        width = int(12 * sqrt(peak + 1)) * 2 + 120
        first = max(0, int(peak) - width)
        term = exp((first + n) * log(a) + first * log(b) - mp.loggamma(first + n + 1) - mp.loggamma(first + 1) - a - b)
        total = mpf(0)
        for j in range(first, int(peak) + width):
            total += term
            term *= a * b / ((j + 1) * (j + 1 + n))
        return log(total)
    def mean(rate1, rate2): return rate1 - rate2
    def variance(rate1, rate2): return rate1 + rate2
    def span(rate1, rate2):
        m, s = rate1 - rate2, sqrt(rate1 + rate2)
        return (int(m - 16 * s) - 40, int(m + 16 * s) + 40) if rate1 + rate2 < 1000 else None


@family(kind="discrete")
class BetaNegativeBinomial:
    cases = [dict(total_count=3, concentration0=5, concentration1=1e-4), dict(total_count=3, concentration0=5, concentration1=1e-9), dict(total_count=2e5, concentration0=0.3, concentration1=1e-9), dict(total_count=1e-6, concentration0=2.5, concentration1=3), dict(total_count=50, concentration0=300, concentration1=40)]
    def outcomes(**p): return [0, 1, 2, 5, 40, 1000]
    def logpdf(k, total_count, concentration1, concentration0):
        r, a, b, g = total_count, concentration0, concentration1, mp.loggamma
        return g(r + k) - g(r) - g(mpf(k) + 1) + g(a + r) + g(b + k) - g(a + b + r + k) + g(a + b) - g(a) - g(b)
    def cdf(k, **p):
        return sum(exp(BetaNegativeBinomial.logpdf(mpf(j), **p)) for j in range(int(k) + 1))
    def mean(total_count, concentration1, concentration0): return total_count * concentration1 / (concentration0 - 1) if concentration0 > 1 else None
    def variance(total_count, concentration1, concentration0):
        r, a, b = total_count, concentration0, concentration1
        return r * b * (r + a - 1) * (b + a - 1) / (a - 2) / (a - 1) ** 2 if a > 2 else None


@family()
class SkewNormal:
    # The integral takes its time: points are given in units of the scale, and quantiles are those of the probabilities there.
    units = [-1000, -38, -3, -0.3, -1e-3, 0.02, 0.7, 12, 37, 3000]
    cases = [dict(loc=0, scale=1, skew=1e3), dict(loc=-2, scale=3, skew=-1e3), dict(loc=0, scale=1, skew=1e-3), dict(loc=0.5, scale=1e-8, skew=1e6), dict(loc=0, scale=1e100, skew=-5)]
    low, high = -inf, inf
    def tail(h, skew):
        """1/pi times the integral of exp(-h^2 (1 + t^2)/2)/(1 + t^2) from skew on: the distribution function at -h for a skew above 0 (Owen 1956)."""
        if h == 0:
            return mpf(1) / 2 - mp.atan(skew) / pi
        width = 1 / (h * h * skew + h)
        unit, cuts = min(width, mpf(1)), [skew]
        while cuts[-1] < skew + 180 * width:
            cuts.append(skew + unit)
            unit *= 3
        f = lambda t: exp(-h * h * (t * t - skew * skew) / 2) / (1 + t * t)
        return mp.quad(f, cuts, method="gauss-legendre") / pi * mp.exp(-h * h * (1 + skew * skew) / 2)
    def standard(z, skew):
        if skew < 0:
            below, above = SkewNormal.standard(-z, -skew)
            return above, below
        tail = SkewNormal.tail(abs(z), skew)
        return (tail, 1 - tail) if z < 0 else (erf(z / sqrt(mpf(2))) + tail, erfc(z / sqrt(mpf(2))) - tail)
    def logpdf(x, loc, scale, skew):
        z = (x - loc) / scale
        return log(2) + nlogpdf(z) + log(ncdf(skew * z)) - log(scale)
    def cdf(x, loc, scale, skew): return SkewNormal.standard((x - loc) / scale, skew)[0]
    def sf(x, loc, scale, skew): return SkewNormal.standard((x - loc) / scale, skew)[1]
    def mean(loc, scale, skew): return loc + scale * skew / sqrt(1 + skew ** 2) * sqrt(2 / pi)
    def variance(loc, scale, skew): return scale ** 2 * (1 - 2 / pi * skew ** 2 / (1 + skew ** 2))
    def entropy(loc, scale, skew): return None


# ---- cases ----

def number(x):
    if x is None:
        return None
    if isinstance(x, str):
        return x
    f = float(x)
    return "NaN" if f != f else "Infinity" if f == float("inf") else "-Infinity" if f == -float("inf") else f


def representable(x):
    return x is not None and (x == 0 or mpf(10) ** -300 < abs(x) < mpf(10) ** 300)


def bounds(cls, p):
    return cls.bounds(**p) if hasattr(cls, "bounds") else (cls.low, cls.high)


def quantile(cls, p, q, upper=False, digits=13):
    """The x at which the lower tail (or the upper one) is q, by bisection over the logarithm of the distance from the end of the support, or from 0; None beyond 1e305."""
    target = -q if upper else q
    with mp.workdps(34):
        low, high = bounds(cls, p)
        def f(x):
            # At this precision a point near an end may round to it, or beyond.
            below = 1 if x >= high else 0 if x <= low else None
            return (-cls.sf(x, **p) if upper else cls.cdf(x, **p)) if below is None else below - 1 if upper else below
        ten = mpf(10)
        if low != -inf:
            at, lo, hi = lambda t: low + ten ** t, mpf(-340), log(high - low, 10) if high != inf else mpf(305)
        elif high != inf:
            at, lo, hi = lambda t: high - ten ** -t, mpf(-305), mpf(340)
        else:
            at, lo, hi = lambda t: mp.sign(t) * ten ** (abs(t) - 340), mpf(-645), mpf(645)
        if f(at(lo)) > target or f(at(hi)) < target:
            return None
        for _ in range(int(digits * 3.33 + 12)):
            mid = (lo + hi) / 2
            lo, hi = (mid, hi) if f(at(mid)) < target else (lo, mid)
        return at((lo + hi) / 2)


LEVELS = [("1e-30", 0), ("1e-10", 0), ("1e-3", 0), ("0.2", 0), ("0.5", 0), ("0.8", 0), ("1e-3", 1), ("1e-10", 1), ("1e-30", 1)]
PROBABILITIES = [1e-10, 1e-4, 0.03, 0.3, 0.6, 0.97, 0.9999, 1 - 1e-9]


def gradient(cls, p, x, name):
    at = dict(p)
    center = x if name == "x" else p[name]
    scale = abs(center) if center != 0 else mpf(1)
    if name in ("x", "loc") and "loc" in p and x != p["loc"]:
        scale = min(scale, abs(x - p["loc"]))
    h = scale * mpf(10) ** -20
    lo, hi = bounds(cls, p) if cls.kind == "continuous" else (None, None)
    if name == "x" and cls.kind == "continuous":
        room = [abs(x - e) for e in (lo, hi) if abs(e) != inf] + [abs(x - k) for k in (cls.kinks(**p) if hasattr(cls, "kinks") else []) if k != x]
        if room:
            h = min(h, min(room) * mpf(10) ** -10)
    def f(v):
        if name == "x":
            return cls.logpdf(v, **p)
        at[name] = v
        return cls.logpdf(x, **at)
    with mp.workdps(300):
        return (f(center - 2 * h) - 8 * f(center - h) + 8 * f(center + h) - f(center + 2 * h)) / (12 * h)


def steady(f, x, p, absolute, relative):
    """f, or None where rounding an argument moves it by more than a third of the tolerance: there no answer in double precision is wrong or right."""
    value = f(x, p)
    if value is None:
        return None
    allowed = (absolute + relative * abs(value)) / 3
    ulp = 1 + mpf(2) ** -53
    moved = [f(x * ulp, p)] + [f(x, {**p, k: v * ulp}) for k, v in p.items() if v != 0]
    return value if all(abs(m - value) <= allowed for m in moved) else None


def quantiles_near(cls, p, xs):
    """Probabilities in doubles near those of points, and their quantiles by one step of Newton's method, whose error is the square of a rounding."""
    pairs = [(float(cls.cdf(mpf(x), **p)), mpf(x)) for x in xs]
    return [(q, x + (mpf(q) - cls.cdf(x, **p)) / exp(cls.logpdf(x, **p))) for q, x in pairs if 1e-290 < q < 1 - 1e-9]


def entropy_by_quadrature(cls, p):
    cuts = [quantile(cls, p, mpf(10) ** -j, digits=6) for j in (40, 25, 15, 8, 4, 2)] + [quantile(cls, p, mpf(q), digits=6) for q in ("0.1", "0.3", "0.5", "0.7", "0.9")]
    cuts += [quantile(cls, p, mpf(10) ** -j, upper=True, digits=6) for j in (2, 4, 8, 15, 25, 40)]
    cuts = sorted({c for c in cuts if c is not None})
    f = lambda x: -exp(cls.logpdf(x, **p)) * cls.logpdf(x, **p)
    with mp.workdps(30):
        return mp.quad(f, cuts)


def continuous(name, cls, p, i):
    p = {k: mpf(v) for k, v in p.items()}
    lo, hi = bounds(cls, p)
    xs = set()
    slow = hasattr(cls, "slow")
    if hasattr(cls, "units"):
        xs = {float(p["loc"] + p["scale"] * mpf(u)) for u in cls.units}
    for q, upper in [] if xs else LEVELS[1::2] if slow else LEVELS:
        x = quantile(cls, p, mpf(q), bool(upper), digits=3 if slow else 8)
        if representable(x) and lo < mpf(float(x)) < hi:
            xs.add(float(x))
    kinks = [float(k) for k in cls.kinks(**p)] if hasattr(cls, "kinks") else []
    xs = sorted(x for x in xs if x not in kinks)
    log_probs = [cls.logpdf(mpf(x), **p) for x in xs]
    keep = [j for j, v in enumerate(log_probs) if abs(v) < 1e300]
    xs = [xs[j] for j in keep]
    case = {"id": f"{name}/extreme/{i}", "dist": name, "kind": "continuous", "params": {k: float(v) for k, v in p.items()}, "x": xs}
    def at(f, absolute, relative):
        return [number(f(mpf(x), p) if slow else steady(f, mpf(x), p, absolute, relative)) for x in xs]
    case["log_prob"] = at(lambda x, q: cls.logpdf(x, **q), 1e-10, 1e-9)
    case["cdf"] = at(lambda x, q: cls.cdf(x, **q), 1e-12, 1e-8)
    case["sf"] = at(lambda x, q: cls.sf(x, **q), 1e-12, 1e-8)
    quantiles = quantiles_near(cls, p, xs) if hasattr(cls, "units") else [(q, quantile(cls, p, mpf(q), digits=26 if name.startswith("Generalized") or name == "Uniform" else 13)) for q in (PROBABILITIES[2:6:3] if slow else PROBABILITIES)]
    quantiles = [(q, x) for q, x in quantiles if representable(x)]
    if hasattr(cls, "units"):
        case["log_cdf"] = at(lambda x, q: log(cls.cdf(x, **q)), 1e-10, 1e-9)
        case["log_sf"] = at(lambda x, q: log(cls.sf(x, **q)), 1e-10, 1e-9)
    case["icdf"] = {"p": [q for q, _ in quantiles], "x": [number(x) for _, x in quantiles]}
    names = ["x"] + [k for k in p if not (name == "Erlang" and k == "concentration")]
    case["grad"] = {k: [None if v is None or v in ("Infinity", "-Infinity") else v for v in at(lambda x, q: gradient(cls, q, x, k), 1e-10, 1e-9)] for k in names}
    for what in ("mean", "variance", "entropy", "mode"):
        value = getattr(cls, what)(**p) if hasattr(cls, what) else entropy_by_quadrature(cls, p) if what == "entropy" else None
        if representable(value):
            case[what] = number(value)
    case["sources"] = {"all": "mpmath, 60 digits"}
    return case


def discrete(name, cls, p, i):
    p = {k: mpf(v) for k, v in p.items()}
    ks = cls.outcomes(**p)
    case = {"id": f"{name}/extreme/{i}", "dist": name, "kind": "discrete", "params": {k: float(v) for k, v in p.items()}, "x": [float(k) for k in ks]}
    case["log_prob"] = [number(cls.logpdf(mpf(k), **p)) for k in ks]
    span = cls.span(**p) if hasattr(cls, "span") else None
    masses = None
    if span and span[1] - span[0] < 60000:
        masses = [exp(cls.logpdf(mpf(k), **p)) for k in range(span[0], span[1] + 1)]
    elif hasattr(cls, "top"):
        masses = [exp(cls.logpdf(mpf(k), **p)) for k in (0, 1)]
        span = (0, 1)
    if hasattr(cls, "cdf"):
        case["cdf"] = [number(cls.cdf(mpf(k), **p)) for k in ks]
    elif masses is not None and span is not None:
        sums, total = {}, mpf(0)
        for j, m in enumerate(masses):
            total += m
            sums[span[0] + j] = total
        case["cdf"] = [number(sums.get(k, mpf(0) if k < span[0] else mpf(1))) for k in ks]
    if "cdf" in case and (hasattr(cls, "cdf")):
        case["sf"] = [number(1 - cls.cdf(mpf(k), **p)) for k in ks]
    fixed = {"total_count", "low", "high"} if name in ("Binomial", "BetaBinomial", "DiscreteUniform") else set()
    case["grad"] = {k: [number(gradient(cls, p, mpf(x), k)) for x in ks] for k in p if k not in fixed}
    for what in ("mean", "variance"):
        value = getattr(cls, what)(**p) if hasattr(cls, what) else None
        if representable(value):
            case[what] = number(value)
    if hasattr(cls, "entropy"):
        case["entropy"] = number(cls.entropy(**p))
    elif masses is not None:
        case["entropy"] = number(sum(-m * log(m) for m in masses if m > 0))
    case["sources"] = {"all": "mpmath, 60 digits", "entropy": "mpmath sum"}
    return case


def main(names):
    cases = []
    for name, cls in FAMILIES.items():
        if names and name not in names:
            continue
        for i, p in enumerate(cls.cases):
            make = continuous if cls.kind == "continuous" else discrete
            try:
                cases.append(make(name, cls, p, i))
            except Exception as error:
                print(f"{name}/{i}: {type(error).__name__} {error}", file=sys.stderr)
        print(name, len(cases), file=sys.stderr, flush=True)
    meta = {"made_with": f"mpmath {mp.__version__}, 60 digits", "file": "extreme", "source": "extreme.py beside this file"}
    print('{"meta": ' + json.dumps(meta) + ', "cases": [\n' + ",\n".join(json.dumps(case) for case in cases) + "\n]}")


if __name__ == "__main__":
    main(sys.argv[1:])
