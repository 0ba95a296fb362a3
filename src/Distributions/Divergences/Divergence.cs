using System.Collections.Concurrent;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// Kullback–Leibler divergences KL(p‖q) = ∫ p·ln(p/q), in nats. A closed form if one is registered for the two families; else quadrature in one
/// dimension; else Monte Carlo. Never an exception for a missing formula: the <see cref="Estimate"/> says how it was computed.
/// </summary>
public static partial class Divergence
{
    private static readonly ConcurrentDictionary<(Type P, Type Q), Func<Distribution, Distribution, Tensor?>> Closed = new();

    static Divergence()
    {
        ClosedForms.RegisterAll();
        MultivariateClosedForms.RegisterAll();
    }

    /// <summary>Adds or replaces the closed form for two families.</summary>
    /// <typeparam name="TP">The family of p.</typeparam>
    /// <typeparam name="TQ">The family of q.</typeparam>
    /// <param name="formula">
    /// KL(p‖q), of the broadcast batch shape; null for parameters that it does not cover, which are left to quadrature or Monte Carlo. It need not treat parts
    /// of p that q misses, which are +∞ whatever it says.
    /// </param>
    public static void Register<TP, TQ>(Func<TP, TQ, Tensor?> formula) where TP : Distribution where TQ : Distribution
    {
        ArgumentNullException.ThrowIfNull(formula);
        Closed[(typeof(TP), typeof(TQ))] = (p, q) => formula((TP)p, (TQ)q);
    }

    /// <summary>KL(p‖q), of the broadcast batch shape; +∞ where q misses a part of p.</summary>
    /// <param name="p">The distribution that outcomes come from.</param>
    /// <param name="q">The distribution that stands in for it, with the same event shape.</param>
    /// <param name="key">For Monte Carlo; null is a fixed key.</param>
    /// <exception cref="ShapeException">The event shapes differ, or the batch shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The types differ.</exception>
    public static Estimate Kl(Distribution p, Distribution q, RandomKey? key = null)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        Shape batch = Check(p, q);
        if (p.Measure != q.Measure)
        {
            // A set that one measure gives no weight holds everything that the other allows.
            return Estimate.Exact(Tensor.Full(batch, double.PositiveInfinity, p.DType));
        }

        if (p is IIndependent a && q is IIndependent b && a.Axes == b.Axes)
        {
            Estimate each = Kl(a.Coordinates, b.Coordinates, key);
            int[] axes = [.. Enumerable.Range(-a.Axes, a.Axes)];
            return new Estimate(each.Value.Sum(axes), each.StandardError.Square().Sum(axes).Sqrt(), each.Kind);
        }

        if (p is TransformedDistribution x && q is TransformedDistribution y && ReferenceEquals(x.Transform, y.Transform))
        {
            return Kl(x.Source, y.Source, key);
        }

        (p, q) = (Canonical(p), Canonical(q));
        Tensor? missed = Missed(p, q);
        if (missed is { IsSymbolic: false } && (bool)missed.All())
        {
            return Estimate.Exact(Tensor.Full(batch, double.PositiveInfinity, p.DType));
        }

        Estimate result = Formula(p, q) is { } value ? Estimate.Exact(value)
            : p is Univariate one && q is Univariate other ? Quadrature(one, other)
            : MonteCarlo(p, q, key ?? Sampler.DefaultKey);
        return new Estimate(Fill(result.Value, double.PositiveInfinity), Fill(result.StandardError, 0), result.Kind);

        Tensor Fill(Tensor x, double otherwise) => (missed is null ? x : Tensor.Where(missed, otherwise, x)).BroadcastTo(batch);
    }

    private static Tensor? Formula(Distribution p, Distribution q) =>
        Closed.TryGetValue((p.GetType(), q.GetType()), out Func<Distribution, Distribution, Tensor?>? formula) ? formula(p, q)
        : p is Univariate { Measure: Measure.Lebesgue } one ? CrossEntropy.Divergence(one, q) : null;

    // Families that are others in other parameters.
    private static Distribution Canonical(Distribution distribution) => distribution switch
    {
        Chi2 chi => new Gamma(0.5 * chi.Df, 0.5),
        Erlang erlang => new Gamma(erlang.Concentration, erlang.Rate),
        _ => distribution,
    };

    // Where the outermost points matter, and in graphs, which cannot ask, the tails beyond them are integrals of their own.
    private static Estimate Quadrature(Univariate p, Univariate q)
    {
        if (p.Measure != Measure.Lebesgue)
        {
            return Relative(p, q, Rule(p, q, null)).Sum;
        }

        if (IsSymbolic(p, q))
        {
            return WithTails(p, q, q.QuantileEvidence == Evidence.Exact ? Cuts(p, q) : null);
        }

        double small = p.DType == DType.Float64 ? 1e-10 : 3e-5;
        Tensor? cuts = IsNarrow(q, p) ? Cuts(p, q) : null;
        (Estimate sum, Tensor outer) = Relative(p, q, Rule(p, q, cuts));
        if (cuts is null && !IsClose(sum, QuadratureRule.RelativeTolerance))
        {
            cuts = Cuts(p, q);
            (sum, outer) = Relative(p, q, Rule(p, q, cuts));
        }

        return (bool)(outer > small * (1 + Gradient.Stop(sum.Value).Abs())).Any() ? WithTails(p, q, cuts)
            : sum with { StandardError = sum.StandardError + (4 * outer) };
    }

    // Σ w·(ln p − ln q) over quadrature points of p, and the sum of its sizes at the outermost ones.
    private static (Estimate Sum, Tensor Outer) Relative(Univariate p, Univariate q, QuadratureRule rule)
    {
        Tensor logP = p.LogProb(rule.Points), logQ = q.LogProb(rule.Points);
        Tensor weighted = rule.Weights > 0, usable = !logP.IsInfinite() & weighted, impossible = usable & logQ.EqualTo(double.NegativeInfinity);
        Tensor counted = usable & !impossible;
        (logP, logQ) = (Tensor.Where(counted, logP, 0.0), Tensor.Where(counted, logQ, 0.0));
        Tensor difference = logP - logQ, terms = rule.Weights * difference;
        Estimate sum = rule.Sum(terms);

        // What rounding leaves of a difference and of a probability near 1, and outcomes beyond the range of the type, where the difference grows slowly at best.
        Tensor largest = difference.Abs().Max(0), rounding = ((rule.Weights * (logP.Abs() + logQ.Abs())).Sum(0) + largest) * p.DType.Epsilon();
        Tensor lost = Tensor.Where(!usable & weighted, rule.Weights, 0.0).Sum(0) * largest;
        Tensor outer = Tensor.Where(rule.Weights < (p.DType == DType.Float64 ? 1e-15 : 1e-6), terms.Abs(), 0.0).Sum(0);
        return (
            sum with
            {
                Value = Tensor.Where(impossible.Any(0), double.PositiveInfinity, sum.Value),
                StandardError = sum.StandardError + Gradient.Stop(rounding + (2 * lost)),
            },
            Gradient.Stop(outer));
    }

    // Panels between two outer quantiles of p, and what lies beyond each.
    private static Estimate WithTails(Univariate p, Univariate q, Tensor? cuts)
    {
        double outside = TailIntegral.Outside(p.DType);
        Tensor low = Outer(outside), high = Outer(1 - outside);
        Tensor ends = Gradient.Stop(Tensor.Stack([low, high]));
        QuadratureRule rule = Rule(p, q, QuadratureRule.Joined(ends, cuts));
        Tensor inside = Gradient.Stop((rule.Points >= low) & (rule.Points <= high));
        Estimate body = Relative(p, q, new(rule.Points, Tensor.Where(inside, rule.Weights, 0.0), Tensor.Where(inside, rule.Coarse, 0.0))).Sum;
        TailIntegral below = TailIntegral.Of(p, q, low, upper: false), above = TailIntegral.Of(p, q, high, upper: true);
        return body with
        {
            Value = Tensor.Where(below.Diverges | above.Diverges, double.PositiveInfinity, body.Value + below.Sum.Value + above.Sum.Value),
            StandardError = Tensor.Where(below.Diverges | above.Diverges, 0.0, body.StandardError + below.Sum.StandardError + above.Sum.StandardError),
        };

        // One beyond the range of the type has no derivatives.
        Tensor Outer(double level)
        {
            Tensor all = Tensor.Full(p.BatchShape, level, p.DType), still = Gradient.Stop(p.Quantile(all)), finite = still.IsFinite();
            return Tensor.Where(finite, p.Quantile(Tensor.Where(finite, all, 0.5)), still);
        }
    }

    private static bool IsSymbolic(Univariate p, Univariate q) => p.Parameters.Concat(q.Parameters).Any(parameter => parameter.Value.IsSymbolic);

    // An integral over points of p, in panels of p; and where two orders differ, or a narrow q may lie between the points, in panels that also end where the
    // density of q changes.
    private static Estimate Integrate(Univariate p, Univariate q, double tolerance, Func<QuadratureRule, Estimate> over)
    {
        bool symbolic = IsSymbolic(p, q);
        if (p.Measure != Measure.Lebesgue || (symbolic && q.QuantileEvidence != Evidence.Exact))
        {
            return over(Rule(p, q, null));
        }

        if (!symbolic && !IsNarrow(q, p))
        {
            Estimate first = over(Rule(p, q, null));
            if (IsClose(first, tolerance))
            {
                return first;
            }
        }

        return over(Rule(p, q, Cuts(p, q)));
    }

    private static bool IsClose(Estimate estimate, double tolerance)
    {
        Tensor still = Gradient.Stop(estimate.Value);
        return (bool)(still.IsInfinite() | (estimate.StandardError <= tolerance * (1 + still.Abs()))).All();
    }

    private static QuadratureRule Rule(Univariate p, Univariate q, Tensor? cuts)
    {
        QuadratureRule rule = p.Quadrature(cuts);
        int missing = q.BatchShape.Rank - rule.Points.Rank + 1;
        return new(Widen(rule.Points, missing), Widen(rule.Weights, missing), Widen(rule.Coarse, missing));
    }

    // Quantiles of q and the modes of both.
    private static Tensor Cuts(Univariate p, Univariate q)
    {
        Tensor cuts = Widen(QuadratureRule.CutsOf(q), p.BatchShape.Rank - q.BatchShape.Rank), mode = Gradient.Stop(p.Mode).Unsqueeze(0);
        mode = Widen(mode, cuts.Rank - mode.Rank);
        Shape batch = Shape.Broadcast(cuts.Shape[1..], mode.Shape[1..]);
        return Tensor.Concat([cuts.BroadcastTo(cuts.Shape[..1].Concat(batch)), mode.BroadcastTo(mode.Shape[..1].Concat(batch))]);
    }

    // Whether half of the one lies in less than half of the space that half of the other takes.
    private static bool IsNarrow(Univariate one, Univariate other)
    {
        Tensor narrow = Numeric.Detached(() => Width(one) < 0.5 * Width(other));
        return (bool)narrow.Any();

        static Tensor Width(Univariate d) => d.Interval(0.5) switch { var (low, high) => high - low };
    }

    private static Estimate MonteCarlo(Distribution p, Distribution q, RandomKey key)
    {
        Shape count = [Sampler.DefaultDraws];
        Tensor draws = (p.AsReparameterized()?.RSample(key, count) ?? p.Sample(key, count)).Cast(p.DType);
        return Estimate.MonteCarlo(p.LogProb(draws) - q.LogProb(draws));
    }

    // Supports of numbers are compared by their ends: a part of p beyond an end of q has probability where nothing is allowed. Angles have no ends.
    private static Tensor? Missed(Distribution p, Distribution q)
    {
        if (ReferenceEquals(p.Support, q.Support) || (p is VonMises && q is VonMises)
            || p.Support.Ends(p.DType) is not { } own || q.Support.Ends(q.DType) is not { } other)
        {
            return null;
        }

        return Gradient.Stop(own.Low) < Gradient.Stop(other.Low) | Gradient.Stop(own.High) > Gradient.Stop(other.High);
    }

    private static Tensor Widen(Tensor x, int missing)
    {
        if (missing <= 0)
        {
            return x;
        }

        int[] ones = new int[missing];
        Array.Fill(ones, 1);
        return x.Reshape(x.Shape[..1].Concat(ones).Concat(x.Shape[1..]));
    }

    private static Shape Check(Distribution p, Distribution q)
    {
        if (p.EventShape != q.EventShape)
        {
            throw new ShapeException($"Divergence: {p.Name} has event shape {p.EventShape} and {q.Name} has {q.EventShape}; they must be alike.");
        }

        return p.DType == q.DType
            ? Shape.Broadcast(p.BatchShape, q.BatchShape, nameof(Divergence))
            : throw new DTypeException($"Divergence: {p.Name} is {p.DType} and {q.Name} is {q.DType}; convert the parameters of one with Cast.");
    }
}
