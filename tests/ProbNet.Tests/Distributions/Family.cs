using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>A family as the battery sees it: how to make it from parameter tensors, and where to look.</summary>
/// <param name="Name">Its name in test lists.</param>
/// <param name="Create">Makes the distribution from one tensor a parameter, all of one shape, which becomes the batch shape.</param>
/// <param name="Points">Ordinary parameters, one list a distribution; together they are the batch of the battery.</param>
public sealed record Family(string Name, Func<Tensor[], Univariate> Create, double[][] Points)
{
    /// <summary>Parameters at the edge of their range, for which values must stay finite and no NaN appear.</summary>
    public double[][] Extremes { get; init; } = [];

    /// <summary>Values far out in the support of every distribution of the table, where the log density must be finite.</summary>
    public double[] Far { get; init; } = [];

    /// <summary>Values outside of the support of every distribution of the table.</summary>
    public double[] Outside { get; init; } = [];

    /// <summary>Probabilities whose quantiles are tested with derivatives: away from kinks of the density.</summary>
    public double[] Smooth { get; init; } = [0.1, 0.35, 0.62, 0.93];

    /// <summary>Whether the support moves with the parameters, so that expectations cannot be differentiated under the integral.</summary>
    public bool MovingSupport { get; init; }

    /// <summary>Whether mean and variance exist. Without them there is no score to integrate either.</summary>
    public bool HasMoments { get; init; } = true;

    /// <summary>Parameters by number that are whole numbers, or in which answers are not differentiable.</summary>
    public int[] Fixed { get; init; } = [];

    /// <summary>Of counts, the least outcome that matters.</summary>
    public int FirstOutcome { get; init; }

    /// <summary>Outcomes of a family of counts from the first on, [count, 1].</summary>
    public Tensor Lattice(int count) => (Tensor.Arange(count, DType.Float64) + FirstOutcome).Reshape(count, 1);

    /// <summary>The parameters that are not fixed, at the ordinary points.</summary>
    public Tensor[] FreeParameters => Free(DType.Float64);

    /// <summary>The parameters that are not fixed, at the ordinary points, in a type.</summary>
    public Tensor[] Free(DType dtype) => [.. Parameters(dtype).Where((_, i) => !Fixed.Contains(i))];

    /// <summary>Makes the distribution at the ordinary points from the parameters that are not fixed.</summary>
    public Univariate CreateFree(Tensor[] free, DType dtype = DType.Float64)
    {
        Tensor[] all = Parameters(dtype);
        int next = 0;
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = Fixed.Contains(i) ? all[i] : free[next++];
        }

        return Create(all);
    }

    public Tensor[] Parameters(DType dtype) => Columns(Points, dtype);

    public Univariate Batch(DType dtype = DType.Float64) => Create(Parameters(dtype));

    public Univariate AtExtremes(DType dtype = DType.Float64) => Create(Columns(Extremes, dtype));

    /// <summary>Each parameter with every point repeated, [points·count], for one derivative a draw.</summary>
    public Tensor[] Repeated(int point, int count) =>
        [.. Points[point].Select(value => Tensor.Full([count], value, DType.Float64))];

    public override string ToString() => Name;

    private static Tensor[] Columns(double[][] points, DType dtype) =>
        [.. Enumerable.Range(0, points[0].Length).Select(i => Tensor.From(Array.ConvertAll(points, point => point[i]), [points.Length]).Cast(dtype))];
}
