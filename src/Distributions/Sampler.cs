using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// Anything that can be sampled. A sample has the shape sample + batch + event: how many draws, how many distributions side by side,
/// and how large one outcome is.
/// </summary>
public abstract class Sampler
{
    /// <summary>The default key of numeric and Monte Carlo answers, fixed so that they are repeatable.</summary>
    protected internal static RandomKey DefaultKey { get; } = RandomKey.FromSeed(20_260_101);

    /// <summary>Draws behind a Monte Carlo answer.</summary>
    protected internal const int DefaultDraws = 4096;

    /// <summary>The shape of distributions side by side: [] for one.</summary>
    public abstract Shape BatchShape { get; }

    /// <summary>The shape of one outcome: [] for a number.</summary>
    public virtual Shape EventShape => Shape.Scalar;

    /// <summary>The type of the parameters, and of outcomes where these are real.</summary>
    public abstract DType DType { get; }

    /// <summary>Independent draws, of shape <paramref name="shape"/> + batch + event. No gradient flows through.</summary>
    /// <param name="key">The source of randomness: the same key gives the same draws.</param>
    /// <param name="shape">The sample shape: [] for one draw each.</param>
    public Tensor Sample(RandomKey key, Shape shape = default) => Gradient.Stop(Draw(key, shape));

    /// <summary>A number of independent draws, of shape [count] + batch + event.</summary>
    /// <inheritdoc cref="Sample(RandomKey, Shape)"/>
    public Tensor Sample(RandomKey key, int count) => Sample(key, [count]);

    /// <summary>The mean, of shape batch + event; by Monte Carlo where there is no closed form.</summary>
    /// <param name="key">For Monte Carlo; null is a fixed key.</param>
    public virtual Estimate Mean(RandomKey? key = null) => Estimate.MonteCarlo(Sample(key ?? DefaultKey, DefaultDraws).Cast(DType));

    /// <summary>The variance of each coordinate, of shape batch + event; by Monte Carlo where there is no closed form.</summary>
    /// <param name="key">For Monte Carlo; null is a fixed key.</param>
    public virtual Estimate Variance(RandomKey? key = null)
    {
        Tensor draws = Sample(key ?? DefaultKey, DefaultDraws).Cast(DType);
        Tensor deviation = draws - draws.Mean(0, keepDims: true);
        Estimate biased = Estimate.MonteCarlo(deviation * deviation);
        return biased with { Value = biased.Value * (DefaultDraws / (DefaultDraws - 1.0)) };
    }

    /// <summary>The standard deviation of each coordinate: the root of the variance.</summary>
    /// <param name="key">For Monte Carlo; null is a fixed key.</param>
    public Estimate StdDev(RandomKey? key = null)
    {
        Estimate variance = Variance(key);
        Tensor root = variance.Value.Sqrt();
        Tensor error = variance.Kind == Evidence.Exact ? variance.StandardError : variance.StandardError / (2 * root);
        return new Estimate(root, error, variance.Kind);
    }

    /// <summary>Draws of shape <paramref name="shape"/> + batch + event.</summary>
    protected abstract Tensor Draw(RandomKey key, Shape shape);

    /// <summary>sample + batch + event.</summary>
    protected Shape SampleShape(Shape shape) => shape.Concat(BatchShape).Concat(EventShape);
}
