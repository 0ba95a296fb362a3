using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The CRPS of a distribution that is cut to bounds l and u with masses L and U at them, in closed form (Jordan, Krüger and Lerch 2019, arXiv:1709.04743, appendix A):
/// E|X − y| less ½·E|X − X′|, from F, m(x) = ∫ t·f(t) dt and H(x) = ∫ 2t·f(t)·F(t) dt up to x of a source that is symmetric about 0. Between the bounds the
/// distribution function is L + w·(F − F(l)). In Float64, since terms of both signs are added.
/// </summary>
internal sealed class BoundedCrps
{
    // How much larger than the score its terms may be: three digits.
    private const double MostLost = 1e3;

    private readonly Tensor _loc, _scale, _whole;
    private readonly Func<Tensor, Tensor> _cdf, _mean, _square;

    private BoundedCrps(Tensor loc, Tensor scale, Func<Tensor, Tensor> cdf, Func<Tensor, Tensor> mean, Func<Tensor, Tensor> square, Tensor whole)
    {
        (_loc, _scale) = (loc.Cast(DType.Float64), scale.Cast(DType.Float64));
        (_cdf, _mean, _square, _whole) = (cdf, mean, square, whole);
    }

    /// <summary>That of a Normal, a logistic distribution, or Student's with more than one degree of freedom; null for others.</summary>
    public static BoundedCrps? Of(Univariate source) => source switch
    {
        Normal normal => new(normal.Loc, normal.Scale, x => x.NormalCdf(), x => -Density(x), x =>
            ((Math.Sqrt(2) * x).NormalCdf() / Math.Sqrt(Math.PI)) - (2 * Density(x) * x.NormalCdf()), 1 / Math.Sqrt(Math.PI)),
        Logistic logistic => new(logistic.Loc, logistic.Scale, x => x.Sigmoid(), LogisticMean, LogisticSquare, 1.0),
        StudentT student when ClosedFormCrps.Holds(Gradient.Stop(student.Df) > 1.001) => OfStudent(student.Df.Cast(DType.Float64), student.Loc, student.Scale),
        _ => null,
    };

    /// <summary>The score between bounds without masses there, and where too many digits were lost; null while tracing.</summary>
    public (Tensor Score, Tensor? Lost) Truncated(Tensor low, Tensor high, Tensor value) => Score(low, high, value, censored: false);

    /// <summary>The score where what lies beyond a bound is a mass at it.</summary>
    public Tensor Censored(Tensor low, Tensor high, Tensor value) => Score(low, high, value, censored: true).Score;

    private (Tensor Score, Tensor? Lost) Score(Tensor low, Tensor high, Tensor value, bool censored)
    {
        Tensor l = Standard(low), u = Standard(high), y = Standard(value), mirrored = Gradient.Stop(l) + Gradient.Stop(u) > 0;

        // In the lower tail, where F keeps its digits.
        (l, u, y) = (Tensor.Where(mirrored, -u, l), Tensor.Where(mirrored, -l, u), Tensor.Where(mirrored, -y, y));
        (Tensor score, Tensor size) = Between(l, u, y, censored);
        if (censored || size.IsSymbolic)
        {
            return (_scale * score, null);
        }

        Tensor lost = !(Gradient.Stop(size) < MostLost * Gradient.Stop(score)) & !(l.IsNaN() | u.IsNaN() | y.IsNaN());
        if ((bool)lost.Any() && score.Levels > 0)
        {
            score = Between(Tensor.Where(lost, -1.0, l), Tensor.Where(lost, 1.0, u), Tensor.Where(lost, 0.0, y), censored).Score;
        }

        return (_scale * score, lost);
    }

    private (Tensor Score, Tensor Size) Between(Tensor l, Tensor u, Tensor y, bool censored)
    {
        Tensor z = Tensor.Minimum(Tensor.Maximum(y, l), u), openLow = l.IsInfinite(), openHigh = u.IsInfinite();
        (Tensor a, Tensor b) = (Tensor.Where(openLow, -1.0, l), Tensor.Where(openHigh, 1.0, u));
        Tensor atLow = Tensor.Where(openLow, 0.0, _cdf(a)), atHigh = Tensor.Where(openHigh, 1.0, _cdf(b)), mass = atHigh - atLow;
        Tensor none = Tensor.ZerosLike(mass), atom = censored ? atLow : none;
        Tensor other = censored ? Tensor.Where(openHigh, 0.0, _cdf(-b)) : none, w = censored ? Tensor.OnesLike(mass) : 1 / mass;
        Tensor meanLow = Tensor.Where(openLow, 0.0, _mean(a)), meanHigh = Tensor.Where(openHigh, 0.0, _mean(b)), cdf = _cdf(z), mean = _mean(z);
        Tensor square = Tensor.Where(openHigh, _whole, _square(b)) - Tensor.Where(openLow, 0.0, _square(a));

        Tensor[] terms =
        [
            (y - z).Abs(), atom * (z - a), other * (b - z), w * z * (cdf - atLow), w * z * (cdf - atHigh), w * (meanLow - mean), w * (meanHigh - mean),
            atom * (1 - atom) * a, -(other * (1 - other) * b), -(w * ((2 * atom) - 1 - (2 * w * atLow)) * (meanHigh - meanLow)), -(w * (w * square)),
        ];
        return (terms.Aggregate((x, next) => x + next), terms.Select(x => x.Abs()).Aggregate(Tensor.Maximum));
    }

    // (x − μ)/σ; an infinite bound has no derivatives.
    private Tensor Standard(Tensor x)
    {
        Tensor wide = x.Cast(DType.Float64), infinite = wide.IsInfinite();
        return Tensor.Where(infinite, Gradient.Stop(wide), (Tensor.Where(infinite, 0.0, wide) - _loc) / _scale);
    }

    private static Tensor Density(Tensor x) => ((-0.5 * x.Square()) - Constants.HalfLogTwoPi).Exp();

    // x·F − ln(1 + eˣ), which is even.
    private static Tensor LogisticMean(Tensor x)
    {
        Tensor size = x.Abs();
        return -(size * (-size).Sigmoid()) - (-size).Softplus();
    }

    // x·F² − ln(1 + eˣ) + F, which is 1 at ∞.
    private static Tensor LogisticSquare(Tensor x)
    {
        Tensor cdf = x.Sigmoid(), low = x < 0, high = x > 40, safe = Tensor.Where(high, 0.0, x);
        Tensor rest = Tensor.Where(low, -LogExcess.Instance.Apply(-Tensor.Where(low, cdf, 0.5)), cdf - safe.Softplus());
        return Tensor.Where(high, 1.0, (safe * safe.Sigmoid().Square()) + rest);
    }

    // m = −f·(ν + x²)/(ν − 1), and H = 2mF + 2√ν/(ν − 1)·B(½, ν − ½)/B(½, ν/2)²·T(x·√((2ν − 1)/ν)) with T of 2ν − 1 degrees of freedom.
    private static BoundedCrps OfStudent(Tensor df, Tensor loc, Tensor scale)
    {
        Tensor apart = 2 * ((0.5 * df.Log()) + Tensor.LogBeta(df - 0.5, 0.5) - (2 * Tensor.LogBeta(0.5 * df, 0.5))).Exp() / (df - 1);
        return new(loc, scale, Cdf, Mean, x => (2 * Mean(x) * Cdf(x)) + (apart * StudentTTail.Cdf.Apply((2 * df) - 1, x * (((2 * df) - 1) / df).Sqrt())), apart);

        Tensor Cdf(Tensor x) => StudentTTail.Cdf.Apply(df, x);

        Tensor Mean(Tensor x) => -(StudentT.StandardLogDensity(df, x) + df.Log() + Log1pSquare.Instance.Apply(x / df.Sqrt())).Exp() / (df - 1);
    }
}
