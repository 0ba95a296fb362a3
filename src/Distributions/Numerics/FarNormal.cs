using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A Normal within bounds that both lie far out on one side, seen from the bound next to the mean: T = |X − bound|/σ has the density ∝ exp(−a·t − ½t²) up to w, with a the
/// distance of that bound from the mean and w that of the bounds, in units of σ. Bounds in such units are rounded away from each other's difference; these are not.
/// </summary>
/// <param name="distribution">The distribution.</param>
/// <param name="mask">Where it is far out; elsewhere answers mean nothing, and have no gradient.</param>
internal sealed class FarNormal(TruncatedNormal distribution, Tensor mask)
{
    // From here on everything is computed from the bounds' difference.
    private const double Far = 30;

    private readonly Tensor _right = mask & (Nearest(distribution.Low, distribution) > 0);

    /// <summary>Where this is to be used instead of bounds in units of σ.</summary>
    public Tensor Mask => mask;

    /// <summary>Where the first term of an expansion in 1/a² is enough: moments, and quantiles.</summary>
    public Tensor Exponential => mask & (Gradient.Stop(A) > (distribution.DType == DType.Float64 ? 1e4 : 1e2));

    /// <summary>Null where it is known that no distribution of the batch is far out.</summary>
    public static FarNormal? Of(TruncatedNormal distribution)
    {
        Tensor far = (Nearest(distribution.Low, distribution) > Far) | (Nearest(distribution.High, distribution) < -Far);
        return far.IsSymbolic || (bool)far.Any() ? new(distribution, far) : null;
    }

    /// <summary>ln P(X ≤ x), or of more, inside of the bounds.</summary>
    public Tensor LogTail(Tensor x, bool upper)
    {
        Tensor t = Distance(x, near: true), rest = Distance(x, near: false), whole = LogMass;
        Tensor within = LogPart(A, t) - whole, beyond = LogPart(A + t, rest) - (t * (A + (0.5 * t))) - whole;
        return upper ? Tensor.Where(_right, beyond, within) : Tensor.Where(_right, within, beyond);
    }

    /// <summary>The log density.</summary>
    public Tensor LogDensity(Tensor x)
    {
        Tensor t = Distance(x, near: true);
        return -(t * (A + (0.5 * t))) - LogMass - distribution.Scale.Log();
    }

    public Tensor Mean => Place(Moments.Mean);

    public Tensor Variance => distribution.Scale.Square() * Moments.Variance;

    public Tensor Entropy => distribution.Scale.Log() + LogMass + (A * Moments.Mean) + (0.5 * (Moments.Mean.Square() + Moments.Variance));

    /// <summary>From −ln(1 − p·(1 − e⁻ˢ)) = a·t + ½t² with s that of w.</summary>
    public Tensor Quantile(Tensor p)
    {
        Tensor from = Tensor.Where(_right, p, 1 - p), rest = Tensor.Where(_right, 1 - p, p);
        Tensor open = Width.IsInfinite(), w = Tensor.Where(open, 1.0, Width);
        Tensor span = Tensor.Where(open, double.NegativeInfinity, -(w * (A + (0.5 * w)))), near = from < 0.5;
        Tensor s = -Tensor.Where(near, (Tensor.Where(near, from, 0.5) * span.Expm1()).Log1p(), (rest + (from * span.Exp())).Log());
        return Place(2 * s / (A + (A.Square() + (2 * s)).Sqrt()));
    }

    private Tensor A => Tensor.Where(
        mask, Tensor.Where(_right, Finite(distribution.Low) - distribution.Loc, distribution.Loc - Finite(distribution.High)) / distribution.Scale, 2 * Far);

    private Tensor Width => Open(distribution.High - distribution.Low, Finite(distribution.High) - Finite(distribution.Low));

    private Tensor LogMass => LogPart(A, Width);

    // Of an exponential distribution within [0, w]: w/2·(1 − L(aw/2)) and w²/4·L′(aw/2) with Langevin's function L.
    private (Tensor Mean, Tensor Variance) Moments
    {
        get
        {
            Tensor none = Width.IsInfinite(), half = 0.5 * A * Tensor.Where(none, 1.0, Width), open = none | (half > 300);
            Tensor inside = Tensor.Where(open, 1.0, half), w = Tensor.Where(open, 1.0, Width);
            return (
                Tensor.Where(open, 1 / A, 0.5 * w * (1 - Langevin.Instance.Apply(inside))),
                Tensor.Where(open, 1 / A.Square(), 0.25 * w.Square() * LangevinSlope.Instance.Apply(inside)));
        }
    }

    // The bound next to the mean, and t units of σ from there away from it.
    private Tensor Place(Tensor t)
    {
        Tensor step = distribution.Scale * t;
        return Tensor.Where(_right, Finite(distribution.Low) + step, Finite(distribution.High) - step);
    }

    // How far x is from the bound next to the mean, or from the other one.
    private Tensor Distance(Tensor x, bool near)
    {
        Tensor fromLow = near ? _right : !_right;
        return Open(Tensor.Where(fromLow, distribution.Low, distribution.High), Tensor.Where(fromLow, x - Finite(distribution.Low), Finite(distribution.High) - x));
    }

    // In units of σ; ∞, without a gradient, where a bound is not there.
    private Tensor Open(Tensor bound, Tensor distance)
    {
        Tensor open = bound.IsInfinite();
        return Tensor.Where(open, double.PositiveInfinity, Tensor.Where(open | !mask, 1.0, distance / distribution.Scale));
    }

    // ln ∫ exp(−a·v − ½v²) dv over (0, t) = ln(R(a) − R(a + t)·e⁻ˢ) with Mills's ratio R and s = a·t + ½t².
    private static Tensor LogPart(Tensor a, Tensor t)
    {
        Tensor open = t.IsInfinite(), still = Gradient.Stop(t), narrow = still * (Gradient.Stop(a) + (0.5 * still)) < 1;
        Tensor small = Tensor.Where(narrow, t, 0.5 / Gradient.Stop(a)), large = Tensor.Where(narrow | open, 1.0, t), log = LogMills(a);
        Tensor near = small.Log() - (0.5 * small * (a + (0.25 * small))) + NarrowNormalMass.Instance.Apply(a + (0.5 * small), Tensor.Where(narrow, t, 0.0));
        Tensor less = (LogMills(a + large) - log - (large * (a + (0.5 * large)))).Exp();
        return Tensor.Where(narrow, near, Tensor.Where(open, log, log + (-less).Log1p()));
    }

    private static Tensor LogMills(Tensor a) => (a * Constants.SqrtHalf).Erfcx().Log() + (0.5 * Math.Log(Math.PI / 2));

    private static Tensor Nearest(Tensor bound, TruncatedNormal distribution) => (Gradient.Stop(bound) - Gradient.Stop(distribution.Loc)) / Gradient.Stop(distribution.Scale);

    private static Tensor Finite(Tensor bound)
    {
        Tensor infinite = bound.IsInfinite();
        return Tensor.Where(infinite, 0.0, bound);
    }
}
