using System.Collections.Concurrent;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// Kullback–Leibler divergences KL(p‖q) = ∫ p·ln(p/q), in nats. A closed form if one is registered for the two families; else quadrature in one
/// dimension; else Monte Carlo. Never an exception for a missing formula: the <see cref="Estimate"/> says how it was computed.
/// </summary>
public static class Divergence
{
    private static readonly ConcurrentDictionary<(Type P, Type Q), Func<Distribution, Distribution, Tensor>> Closed = new();

    static Divergence()
    {
        ClosedForms.RegisterAll();
        MultivariateClosedForms.RegisterAll();
    }

    /// <summary>Adds or replaces the closed form for two families.</summary>
    /// <typeparam name="TP">The family of p.</typeparam>
    /// <typeparam name="TQ">The family of q.</typeparam>
    /// <param name="formula">KL(p‖q), of the broadcast batch shape; it need not treat parts of p that q misses, which are +∞ before it is asked.</param>
    public static void Register<TP, TQ>(Func<TP, TQ, Tensor> formula) where TP : Distribution where TQ : Distribution
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

        if (Formula(p, q) is { } value)
        {
            return Estimate.Exact(InfiniteWhereMissed(p, q, value).BroadcastTo(batch));
        }

        return p is Univariate one && q is Univariate other ? Quadrature(one, other, batch) : MonteCarlo(p, q, key ?? Sampler.DefaultKey);
    }

    private static Tensor? Formula(Distribution p, Distribution q) =>
        Closed.TryGetValue((p.GetType(), q.GetType()), out Func<Distribution, Distribution, Tensor>? formula) ? formula(p, q)
        : p is Univariate one ? ClosedForms.ByMoments(one, q) : null;

    // Σ w·(ln p − ln q) over quadrature points of p. Where the integrand still grows at the last points, the integral diverges.
    private static Estimate Quadrature(Univariate p, Univariate q, Shape batch)
    {
        QuadratureRule rule = p.Quadrature();
        int missing = batch.Rank - p.BatchShape.Rank;
        Tensor points = Widen(rule.Points, missing), weights = Widen(rule.Weights, missing);
        Tensor logP = p.LogProb(points), logQ = q.LogProb(points);
        Tensor usable = !logP.IsInfinite() & (weights > 0);
        Tensor terms = Tensor.Where(usable, weights * (logP - logQ), 0.0);
        Tensor value = terms.Sum(0);
        if (p.Measure == Measure.Lebesgue)
        {
            Tensor last = Tensor.Maximum(terms[0].Abs(), terms[^1].Abs());
            Tensor diverges = Gradient.Stop(last > 1e-5 * (value.Abs() + 1));
            value = Tensor.Where(diverges, double.PositiveInfinity, value);
        }

        return Estimate.Numeric(InfiniteWhereMissed(p, q, value).BroadcastTo(batch), QuadratureRule.RelativeTolerance);
    }

    private static Estimate MonteCarlo(Distribution p, Distribution q, RandomKey key)
    {
        Shape count = [Sampler.DefaultDraws];
        Tensor draws = (p.AsReparameterized()?.RSample(key, count) ?? p.Sample(key, count)).Cast(p.DType);
        return Estimate.MonteCarlo(p.LogProb(draws) - q.LogProb(draws));
    }

    // Supports of numbers are compared by their ends: a part of p beyond an end of q has probability where nothing is allowed.
    private static Tensor InfiniteWhereMissed(Distribution p, Distribution q, Tensor value)
    {
        if (ReferenceEquals(p.Support, q.Support) || p.Support.Ends(p.DType) is not { } own || q.Support.Ends(q.DType) is not { } other)
        {
            return value;
        }

        return Tensor.Where(Gradient.Stop(own.Low) < Gradient.Stop(other.Low) | Gradient.Stop(own.High) > Gradient.Stop(other.High), double.PositiveInfinity, value);
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
            throw new ShapeException($"Kl: {p.Name} has event shape {p.EventShape} and {q.Name} has {q.EventShape}; they must be alike.");
        }

        return p.DType == q.DType
            ? Shape.Broadcast(p.BatchShape, q.BatchShape, "Kl")
            : throw new DTypeException($"Kl: {p.Name} is {p.DType} and {q.Name} is {q.DType}; convert the parameters of one with Cast.");
    }
}
