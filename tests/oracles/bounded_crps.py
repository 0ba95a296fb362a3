"""References of the CRPS between bounds: python3 bounded_crps.py > BoundedCrpsReferences.cs (tests/ProbNet.Tests/Distributions)

The integral of (F(x) - 1{y <= x})^2 by mpmath at 40 digits, of F cut to bounds (truncated), and of F with masses at the bounds (censored). Nothing is taken from ProbNet.
"""
import mpmath as mp
from mpmath import mpf, inf

mp.mp.dps = 40


def student(df, x):
    if x > 0:
        return 1 - student(df, -x)
    return mp.betainc(df / 2, mpf(1) / 2, 0, df / (df + x * x), regularized=True) / 2


# Each as (F, S): S without cancellation.
SOURCES = {
    "Normal": lambda df: (lambda x: mp.erfc(-x / mp.sqrt(2)) / 2, lambda x: mp.erfc(x / mp.sqrt(2)) / 2),
    "Logistic": lambda df: (lambda x: 1 / (1 + mp.exp(-x)), lambda x: 1 / (1 + mp.exp(x))),
    "StudentT": lambda df: (lambda x: student(mpf(df), x), lambda x: student(mpf(df), -x)),
}
BOUNDS = [(-1, 2), (0.5, 3), (-inf, 0.7), (-2.5, inf), (4, 9), (-7, -5), (5, inf), (-0.125, 0.25), (-inf, -6)]
POINTS = [0.3, 0.75, -0.5, 1.1]
CASES = [("Normal", 0), ("Logistic", 0), ("StudentT", 3), ("StudentT", 1.5), ("StudentT", 30)]


def integral(g, h, points):
    """Of g^2 up to y and of h^2 from there, where both go to 0 at infinite ends."""
    low, y, high = points
    def part(f, a, b):
        if a == b:
            return mpf(0)
        cuts = [a, b]
        if a == -inf:
            cuts = [-inf] + [b - mpf(2) ** k for k in range(24, -3, -1)] + [b]
        elif b == inf:
            cuts = [a] + [a + mpf(2) ** k for k in range(-2, 25)] + [inf]
        else:
            cuts = mp.linspace(a, b, 9)
        return mp.quad(lambda x: f(x) ** 2, cuts)
    return part(g, low, y) + part(h, y, high)


print("""namespace ProbNet.Tests.Distributions;

/// <summary>The CRPS between bounds in 40 digits; tests/oracles/bounded_crps.py writes this file.</summary>
public static class BoundedCrpsReferences
{
    /// <summary>Source, degrees of freedom, bounds, value, score of the truncated and of the censored distribution.</summary>
    public static TheoryData<string, double, double, double, double, double, double> All { get; } = new()
    {""")


def text(x):
    return "double.PositiveInfinity" if x == inf else "double.NegativeInfinity" if x == -inf else repr(float(x))


for name, df in CASES:
    F, S = SOURCES[name](df)
    for i, (low, high) in enumerate(BOUNDS):
        low, high = mpf(low), mpf(high)
        # Inside of the bounds, and for every third pair of bounds outside.
        inner = mpf(POINTS[i % 4]) + (low if low != -inf else high - 1) if i % 3 else (high + 1 if high != inf else low - 1)
        z = min(max(inner, low), high)
        if low == -inf or low + high < 0:
            mass = (F(high) if high != inf else 1) - (F(low) if low != -inf else 0)
        else:
            mass = S(low) - (S(high) if high != inf else 0)
        below = lambda x: ((F(x) - (F(low) if low != -inf else 0)) if x < 0 else (S(low) if low != -inf else 1) - S(x)) / mass
        above = lambda x: ((S(x) - (S(high) if high != inf else 0)) if x > 0 else (F(high) if high != inf else 1) - F(x)) / mass
        # A point beyond a bound adds its distance, over which the score is 1.
        outside = abs(inner - z)
        truncated = outside + integral(below, above, (low, z, high))
        censored = outside + integral(F, S, (low, z, high))
        print(f'        {{ "{name}", {df}, {text(low)}, {text(high)}, {text(inner)}, {float(truncated)!r}, {float(censored)!r} }},')
print("    };\n}")
