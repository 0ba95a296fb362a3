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
    public static Tensor RequireTotal(string family, Tensor total, DType dtype) =>
        ParameterChecks.Count(family, nameof(total), ParameterChecks.Literal(total, dtype));

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

    /// <summary>Draws with class probabilities [..., K]: class by class, a binomial share of the trials that are left.</summary>
    public static Tensor Draw(RandomKey key, Tensor total, Tensor probs, Shape shape)
    {
        Shape batch = shape.Concat(Shape.Broadcast(total.Shape, probs.Shape[..^1]));
        Tensor rest = probs.Flip(-1).CumSum(-1).Flip(-1), left = total.BroadcastTo(batch);
        var counts = new Tensor[probs.Shape[-1]];
        for (int k = 0; k < counts.Length - 1; k++)
        {
            Tensor none = rest[TensorIndex.Ellipsis, k].EqualTo(0);
            Tensor share = (probs[TensorIndex.Ellipsis, k] / Tensor.Where(none, 1.0, rest[TensorIndex.Ellipsis, k])).Clip(0, 1);
            counts[k] = key.FoldIn((ulong)k).Binomial(left, share.BroadcastTo(batch));
            left -= counts[k];
        }

        counts[^1] = left;
        return Tensor.Stack(counts, -1);
    }
}
