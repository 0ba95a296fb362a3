using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <content>Distances between what draws come from.</content>
public static partial class Divergence
{
    /// <summary>
    /// The energy distance 2·E|X − Y| − E|X − X′| − E|Y − Y′| (Székely and Rizzo 2013), 0 only for equal distributions. Its work grows with the product of the
    /// numbers of draws.
    /// </summary>
    /// <param name="x">Draws of one distribution, [draws] or [draws, n].</param>
    /// <param name="y">Draws of the other, [draws] or [draws, n].</param>
    /// <param name="unbiased">
    /// Whether to estimate the distance of the distributions behind the draws, which may come out below 0, with its standard error to first order; that is too
    /// small where the two are nearly equal. Else the distance of the two samples themselves.
    /// </param>
    /// <exception cref="ShapeException">The shapes do not fit, or there are fewer than two draws of one.</exception>
    /// <exception cref="DTypeException">The types differ.</exception>
    public static Estimate EnergyDistance(Tensor x, Tensor y, bool unbiased = true)
    {
        (x, y) = CheckSamples(nameof(EnergyDistance), x, y);
        return Discrepancy(x, y, static (a, b) => -Scores.SafePower(a.Unsqueeze(1) - b.Unsqueeze(0), 1), unbiased);
    }

    /// <summary>
    /// The squared maximum mean discrepancy E k(X, X′) + E k(Y, Y′) − 2·E k(X, Y) with the kernel exp(−|x − y|²/(2h²)) (Gretton et al. 2012).
    /// </summary>
    /// <param name="x">Draws of one distribution, [draws] or [draws, n].</param>
    /// <param name="y">Draws of the other, [draws] or [draws, n].</param>
    /// <param name="bandwidth">h, above 0; by default the median distance between all draws of both, which is not differentiated.</param>
    /// <param name="unbiased">As in <see cref="EnergyDistance"/>.</param>
    /// <exception cref="ShapeException">The shapes do not fit, or there are fewer than two draws of one.</exception>
    /// <exception cref="DTypeException">The types differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The bandwidth is not above 0, or the median distance is 0.</exception>
    public static Estimate MaximumMeanDiscrepancy(Tensor x, Tensor y, double? bandwidth = null, bool unbiased = true)
    {
        (x, y) = CheckSamples(nameof(MaximumMeanDiscrepancy), x, y);
        double h = bandwidth ?? MedianDistance(x, y);
        if (!(h > 0 && double.IsFinite(h)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(bandwidth), h, $"MaximumMeanDiscrepancy: the bandwidth must be above 0{(bandwidth is null ? ", but the median distance is not; give one" : "")}.");
        }

        return Discrepancy(x, y, (a, b) => ((a.Unsqueeze(1) - b.Unsqueeze(0)).Square().Sum(-1) * (-0.5 / (h * h))).Exp(), unbiased);
    }

    private static double MedianDistance(Tensor x, Tensor y)
    {
        Tensor all = Tensor.Concat([Gradient.Stop(x), Gradient.Stop(y)]);
        (Tensor left, Tensor right) = Scores.Pairs(all.Shape[0]);
        return Scores.SafePower(all.IndexSelect(0, left) - all.IndexSelect(0, right), 1).Median().ToScalar();
    }

    // The kernel's mean within each sample less twice that between them. To first order, a draw of x contributes twice its mean within less that between.
    private static Estimate Discrepancy(Tensor x, Tensor y, Func<Tensor, Tensor, Tensor> kernel, bool unbiased)
    {
        int n = x.Shape[0], m = y.Shape[0];
        Tensor withinX = kernel(x, x), withinY = kernel(y, y), between = kernel(x, y);
        if (!unbiased)
        {
            return Estimate.Exact(withinX.Mean() + withinY.Mean() - (2 * between.Mean()));
        }

        Tensor ofX = OffDiagonal(withinX, n), ofY = OffDiagonal(withinY, m);
        Tensor x1 = Gradient.Stop(ofX - between.Mean(1)), y1 = Gradient.Stop(ofY - between.Mean(0));
        Tensor error = 2 * ((x1.Var(0) / n) + (y1.Var(0) / m)).Sqrt();
        return new(ofX.Mean() + ofY.Mean() - (2 * between.Mean()), error, Evidence.Unbiased);

        static Tensor OffDiagonal(Tensor kernel, int count) => (kernel.Sum(1) - kernel.Diagonal()) / (count - 1);
    }

    private static (Tensor X, Tensor Y) CheckSamples(string method, Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.DType != y.DType || !x.DType.IsFloating())
        {
            throw new DTypeException($"{method}: the draws are {x.DType} {x.Shape} and {y.DType} {y.Shape}; they must have one floating-point type: use Cast.");
        }

        if (x.Rank is not (1 or 2) || y.Rank != x.Rank || (x.Rank == 2 && x.Shape[1] != y.Shape[1]) || x.Shape[0] < 2 || y.Shape[0] < 2)
        {
            throw new ShapeException(
                $"{method}: the draws have shapes {x.Shape} and {y.Shape}; they must be [draws] or [draws, n] with one n, and at least two draws of each.");
        }

        return x.Rank == 1 ? (x.Unsqueeze(-1), y.Unsqueeze(-1)) : (x, y);
    }
}
