using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>A high point of a density of vectors or matrices: the best of some draws, from which the gradient leads up.</summary>
internal static class VectorMode
{
    /// <param name="distribution">What is searched.</param>
    /// <param name="draws">Draws with a fixed key.</param>
    /// <param name="steps">Steps uphill from the best of them.</param>
    public static Tensor Find(Distribution distribution, int draws, int steps)
    {
        Tensor points = distribution.Sample(Sampler.DefaultKey, draws), log = distribution.LogProb(points);
        Tensor best = Spread(log.ArgMax(0, keepDims: true)).BroadcastTo(points.Shape.With(0, 1));
        Tensor at = points.Gather(0, best).Squeeze(0);

        // The variance times the gradient leads to the mode of independent Normals in one step.
        Tensor variance = points.Var(0), length = Tensor.Ones(distribution.BatchShape, distribution.DType);
        for (int i = 0; i < steps; i++)
        {
            (Tensor now, Tensor up) = Slope(at);
            Tensor next = at + (Spread(length) * variance * up);
            Tensor rises = distribution.LogProb(next) > now;
            at = Gradient.Stop(Tensor.Where(Spread(rises), next, at));
            length *= Tensor.Where(rises, Tensor.Scalar(1.5, length.DType), 0.5);
        }

        return at;

        (Tensor Log, Tensor Up) Slope(Tensor x)
        {
            Tensor each = null!;
            Tensor up = Gradient.Of(
                value =>
                {
                    Tensor log = distribution.LogProb(value);
                    each = Gradient.Stop(log);
                    return log.Sum();
                },
                x);
            return (each, up);
        }

        Tensor Spread(Tensor perDistribution) =>
            perDistribution.Reshape(perDistribution.Shape.Concat([.. Enumerable.Repeat(1, distribution.EventShape.Rank)]));
    }
}
