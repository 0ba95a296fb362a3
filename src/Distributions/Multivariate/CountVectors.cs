using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>What distributions of vectors of counts with a given sum share.</summary>
internal static class CountVectors
{
    /// <summary>Vectors of whole numbers from 0 that add up to a total, [...].</summary>
    public static Support Support(Tensor total) => new VectorSupport(
        "counts with a given sum", 1,
        value => (value.EqualTo(value.Floor()) & (value >= 0)).All(-1) & value.Sum(-1).EqualTo(total),
        (dtype, shape) => total.Cast(dtype).Unsqueeze(-1) * Tensor.Scalar(0, DType.Int64).OneHot(shape[-1], dtype),
        fromReal: null, isDiscrete: true);

    /// <summary>A number of trials: whole and not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static Tensor RequireTotal(string family, Tensor total, DType dtype)
    {
        total = ParameterChecks.NonNegative(family, nameof(total), ParameterChecks.Literal(total, dtype));
        double? broken = total.IsSymbolic ? null : total.ToDoubles().Cast<double?>().FirstOrDefault(n => Math.Floor(n!.Value) != n.Value);
        return broken is { } found
            ? throw new ArgumentOutOfRangeException(nameof(total), found, FormattableString.Invariant($"{family}: total must be whole numbers, but one is {found:R}."))
            : total;
    }

    /// <summary>ln(n!/∏ xᵢ!).</summary>
    public static Tensor LogWays(Tensor total, Tensor counts) => (total + 1).LogGamma() - (counts + 1).LogGamma().Sum(-1);

    /// <summary>The vector that adding one to the count with the greatest gain, again and again, leads to.</summary>
    /// <param name="start">Where to begin, [..., K].</param>
    /// <param name="total">The sum to reach, [...].</param>
    /// <param name="gain">What one more in each place multiplies the mass with, [..., K].</param>
    public static Tensor Fill(Tensor start, Tensor total, Func<Tensor, Tensor> gain) => Numeric.Detached(() =>
    {
        Tensor counts = start;
        for (Tensor left = total - counts.Sum(-1); (bool)(left > 0).Any(); left = total - counts.Sum(-1))
        {
            Tensor best = gain(counts).ArgMax(-1).OneHot(counts.Shape[-1], counts.DType);
            counts += Tensor.Where((left > 0).Unsqueeze(-1), best, 0.0);
        }

        return counts;
    });

    /// <summary>Draws with class probabilities [..., K]: how many of the uniform numbers of each trial fall into each class.</summary>
    public static Tensor Draw(RandomKey key, Tensor total, Tensor probs, Shape shape)
    {
        int most = total.Size == 0 ? 0 : (int)total.Max().ToScalar();
        Shape batch = shape.Concat(Shape.Broadcast(total.Shape, probs.Shape[..^1]));
        Tensor uniform = key.Uniform(Shape.Create([most]).Concat(batch), probs.DType);
        Tensor trial = Tensor.Arange(most, probs.DType).Reshape(Shape.Create([most]).Concat([.. Enumerable.Repeat(1, batch.Rank)])) < total;
        Tensor edges = probs.CumSum(-1);
        var below = new Tensor[probs.Shape[-1] + 1];
        below[0] = Tensor.Zeros(batch, probs.DType);
        for (int k = 1; k < below.Length - 1; k++)
        {
            below[k] = (trial & (uniform < edges[TensorIndex.Ellipsis, k - 1])).Cast(probs.DType).Sum(0);
        }

        below[^1] = total.BroadcastTo(batch);
        Tensor all = Tensor.Stack(below, -1);
        return all[TensorIndex.Ellipsis, 1..] - all[TensorIndex.Ellipsis, ..^1];
    }
}
