using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <content>Scores of predictions that are given by draws.</content>
public static partial class Scores
{
    /// <summary>
    /// The CRPS of draws: mean |xᵢ − y| − ½·mean |xᵢ − xⱼ|, by sorting. With <paramref name="fair"/>, pairs of a draw with itself do not count, so that its
    /// expectation over the draws is the CRPS of the distribution that they come from (Ferro 2014); else it is the CRPS of the empirical distribution.
    /// </summary>
    /// <param name="draws">[draws, ...].</param>
    /// <param name="y">What was observed, [...].</param>
    /// <param name="fair">Whether the score is unbiased for the distribution behind the draws; there must then be two.</param>
    /// <exception cref="ShapeException">The shapes do not fit, or there are too few draws.</exception>
    public static Tensor Crps(Tensor draws, Tensor y, bool fair = false)
    {
        int count = CheckDraws("Scores.Crps", draws, y, vectors: false, fair);
        Tensor sorted = draws.Sort(0).Values;

        // Σᵢⱼ |xᵢ − xⱼ| = 2·Σ (2i − m + 1)·x₍ᵢ₎ for i = 0 … m − 1.
        int[] column = [count, .. Enumerable.Repeat(1, y.Rank)];
        Tensor ranks = ((2 * Tensor.Arange(count, draws.DType)) - (count - 1)).Reshape(column);
        double pairs = fair ? count * (count - 1.0) : (double)count * count;
        return (draws - y).Abs().Mean(0) - ((ranks * sorted).Sum(0) / pairs);
    }

    /// <summary>
    /// The energy score mean |xᵢ − y|ᵝ − ½·mean |xᵢ − xⱼ|ᵝ of draws of vectors (Gneiting and Raftery 2007): the CRPS for vectors, in the unit of y for β = 1.
    /// Its work grows with the square of the number of draws.
    /// </summary>
    /// <param name="draws">[draws, ..., n].</param>
    /// <param name="y">What was observed, [..., n].</param>
    /// <param name="fair">Whether the score is unbiased for the distribution behind the draws; there must then be two.</param>
    /// <param name="power">β, in (0, 2).</param>
    /// <returns>[...].</returns>
    /// <exception cref="ShapeException">The shapes do not fit, or there are too few draws.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The power is not in (0, 2).</exception>
    public static Tensor Energy(Tensor draws, Tensor y, bool fair = false, double power = 1)
    {
        int count = CheckDraws("Scores.Energy", draws, y, vectors: true, fair);
        RequirePower(power, 2, "Scores.Energy");
        Tensor first = SafePower(draws - y, power).Mean(0);
        if (count == 1)
        {
            return first;
        }

        (Tensor left, Tensor right) = Pairs(count);
        Tensor pairs = SafePower(draws.IndexSelect(0, left) - draws.IndexSelect(0, right), power).Sum(0);
        return first - (pairs / (fair ? count * (count - 1.0) : (double)count * count));
    }

    /// <summary>The energy score of a distribution, unbiased, from draws that are differentiable where the distribution allows.</summary>
    /// <param name="prediction">The predictions, of vectors.</param>
    /// <param name="y">What was observed: batch + event.</param>
    /// <param name="key">The source of randomness.</param>
    /// <param name="count">The number of draws; the work grows with its square.</param>
    /// <param name="power">β, in (0, 2).</param>
    /// <returns>The score, of shape batch, with the standard error of a U-statistic.</returns>
    /// <exception cref="ShapeException">Outcomes are not vectors, or the shapes do not fit.</exception>
    public static Estimate Energy(Sampler prediction, Tensor y, RandomKey key, int count = 128, double power = 1)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        Tensor draws = Draws(prediction, key, count);
        Tensor value = Energy(draws, y, fair: true, power);

        // Hoeffding: what one draw contributes on average over its partners. Each of two places holds a draw.
        Tensor still = Gradient.Stop(draws), to = SafePower(still - y, power), partners = Tensor.Zeros(to.Shape, to.DType);
        for (int shift = 1; shift < count; shift++)
        {
            partners += SafePower(still - still.Roll(shift, 0), power);
        }

        Tensor share = (0.5 * to) - (0.5 * partners / (count - 1));
        return new(value, 2 * share.Std(0) / Math.Sqrt(count), Evidence.Unbiased);
    }

    /// <summary>
    /// The variogram score Σᵢⱼ wᵢⱼ·(|yᵢ − yⱼ|ᵖ − mean |xᵢ − xⱼ|ᵖ)² of draws of vectors (Scheuerer and Hamill 2015): sensitive to how coordinates depend on
    /// each other, where the energy score is not. Blind to a shift of all coordinates.
    /// </summary>
    /// <param name="draws">[draws, ..., n].</param>
    /// <param name="y">What was observed, [..., n].</param>
    /// <param name="power">p, in (0, 2]; ½ is usual.</param>
    /// <param name="weights">w, [n, n], not negative; 1 if none are given. The score counts each pair twice.</param>
    /// <param name="fair">Whether the variance of the mean over the draws is taken out, so that the score is unbiased for the distribution behind them.</param>
    /// <returns>[...].</returns>
    /// <exception cref="ShapeException">The shapes do not fit, or there are too few draws.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The power is not in (0, 2].</exception>
    public static Tensor Variogram(Tensor draws, Tensor y, double power = 0.5, Tensor? weights = null, bool fair = false)
    {
        int count = CheckDraws("Scores.Variogram", draws, y, vectors: true, fair);
        if (power != 2)
        {
            RequirePower(power, 2, "Scores.Variogram");
        }

        int n = y.Shape[^1];
        if (weights is not null && weights.Shape != Shape.Create([n, n]))
        {
            throw new ShapeException($"Scores.Variogram: the weights have shape {weights.Shape}; for vectors of {n} they are [{n}, {n}].");
        }

        Tensor expected = Differences(draws), mean = expected.Mean(0);
        Tensor error = (Differences(y) - mean).Square();
        error = fair ? error - (expected.Var(0) / count) : error;
        return (weights is null ? error : weights * error).Sum([-2, -1]);

        Tensor Differences(Tensor x) => SafePower((x.Unsqueeze(-1) - x.Unsqueeze(-2)).Unsqueeze(-1), power);
    }

    /// <summary>The variogram score of a distribution, unbiased, from draws that are differentiable where the distribution allows.</summary>
    /// <param name="prediction">The predictions, of vectors.</param>
    /// <param name="y">What was observed: batch + event.</param>
    /// <param name="key">The source of randomness.</param>
    /// <param name="count">The number of draws.</param>
    /// <param name="power">p, in (0, 2].</param>
    /// <param name="weights">w, [n, n]; 1 if none are given.</param>
    /// <returns>[...].</returns>
    /// <exception cref="ShapeException">Outcomes are not vectors, or the shapes do not fit.</exception>
    public static Tensor Variogram(Sampler prediction, Tensor y, RandomKey key, int count = 1024, double power = 0.5, Tensor? weights = null)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        return Variogram(Draws(prediction, key, count), y, power, weights, fair: true);
    }

    /// <summary>
    /// The Dawid–Sebastiani score of vectors, ln det Σ + (y − μ)ᵀ·Σ⁻¹·(y − μ) (Dawid and Sebastiani 1999).
    /// </summary>
    /// <param name="mean">μ, [..., n].</param>
    /// <param name="covariance">Σ, [..., n, n], positive definite.</param>
    /// <param name="y">What was observed, [..., n].</param>
    /// <returns>[...].</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="LinearAlgebraException">A covariance is not positive definite.</exception>
    public static Tensor DawidSebastianiOfVectors(Tensor mean, Tensor covariance, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(covariance);
        ArgumentNullException.ThrowIfNull(y);
        int n = LinearMaps.RequireSquare("Scores.DawidSebastianiOfVectors", nameof(covariance), covariance).Shape[^1];
        LinearMaps.RequireVector("Scores.DawidSebastianiOfVectors", nameof(mean), mean, n);
        LinearMaps.RequireVector("Scores.DawidSebastianiOfVectors", nameof(y), y, n);
        Tensor factor = LinearMaps.Factor(covariance);
        return (2 * LinearMaps.LogDiagonal(factor)) + LinearMaps.Whiten(factor, y - mean).Square().Sum(-1);
    }

    /// <summary>|x|ᵖ over the last axis, with a gradient of zero at 0.</summary>
    internal static Tensor SafePower(Tensor x, double power)
    {
        Tensor square = x.Square().Sum(-1);
        return Tensor.SafeWhere(square > 0, square, s => power == 1 ? s.Sqrt() : power == 2 ? s : s.Pow(0.5 * power), Tensor.Where(square.IsNaN(), square, 0.0));
    }

    /// <summary>The indices of all pairs i &lt; j.</summary>
    internal static (Tensor Left, Tensor Right) Pairs(int count)
    {
        var left = new long[count * (count - 1) / 2];
        var right = new long[left.Length];
        int at = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = i + 1; j < count; j++)
            {
                (left[at], right[at++]) = (i, j);
            }
        }

        return (Tensor.From(left), Tensor.From(right));
    }

    private static Tensor Draws(Sampler prediction, RandomKey key, int count)
    {
        if (prediction.EventShape.Rank != 1)
        {
            throw new ShapeException($"Scores: the event shape of the predictions is {prediction.EventShape}; this score is one of vectors.");
        }

        IReparameterized? differentiable = (prediction as Distribution)?.AsReparameterized() ?? prediction as IReparameterized;
        return (differentiable?.RSample(key, [count]) ?? prediction.Sample(key, count)).Cast(prediction.DType);
    }

    private static void RequirePower(double power, double limit, string method)
    {
        if (!(power > 0 && power < limit))
        {
            throw new ArgumentOutOfRangeException(nameof(power), power, FormattableString.Invariant($"{method}: the power must lie in (0, {limit})."));
        }
    }

    private static int CheckDraws(string method, Tensor draws, Tensor y, bool vectors, bool fair)
    {
        ArgumentNullException.ThrowIfNull(draws);
        ArgumentNullException.ThrowIfNull(y);
        if (draws.Rank == 0 || draws.Shape[1..] != y.Shape || (vectors && y.Rank == 0))
        {
            throw new ShapeException(
                $"{method}: the draws have shape {draws.Shape} and the observations {y.Shape}; the draws must be one axis more, the first, "
                + $"{(vectors ? "and the last axis of both the coordinates of the vectors" : "and otherwise alike")}.");
        }

        int count = draws.Shape[0];
        return count >= (fair ? 2 : 1) ? count : throw new ShapeException(
            $"{method}: there {(count == 1 ? "is 1 draw" : $"are {count} draws")}; {(fair ? "a fair score needs 2" : "at least 1 is needed")}.");
    }
}
