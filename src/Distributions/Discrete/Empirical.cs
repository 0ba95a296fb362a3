using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The distribution of observations: each point has its weight, 1/n by default, and nothing lies between. Points may repeat; their weights then add up.
/// </summary>
public sealed class Empirical : Univariate
{
    // Ascending along the last axis, of shape batch + [points]; sums of weights are in double, so that many small ones do not drift.
    private readonly Tensor _sorted, _weights, _mass, _below, _above, _moment, _centre;

    /// <summary>Creates the distribution.</summary>
    /// <param name="points">[..., points]; finite.</param>
    /// <param name="logWeights">Unnormalised log weights, [..., points]; equal weights by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A point is infinite.</exception>
    /// <exception cref="ShapeException">There is no point, or there is not one weight a point.</exception>
    /// <exception cref="DTypeException">Points and weights are of different types.</exception>
    public Empirical(Tensor points, Tensor? logWeights = null)
    {
        ArgumentNullException.ThrowIfNull(points);
        points = ParameterChecks.Finite(nameof(Empirical), nameof(points), ParameterChecks.Single(nameof(Empirical), points));
        if (points.Rank == 0 || points.Shape[-1] == 0)
        {
            throw new ShapeException($"Empirical: points have shape {points.Shape}; the last axis lists them and must not be empty: [..., points].");
        }

        int count = points.Shape[-1];
        logWeights ??= Tensor.Zeros([count], points.DType);
        if (logWeights.Rank == 0 || logWeights.Shape[-1] != count)
        {
            throw new ShapeException($"Empirical: log weights have shape {logWeights.Shape}; their last axis must list the {count} points.");
        }

        Shape all = Shape.Broadcast(BroadcastParameters(nameof(Empirical), (nameof(points), points), (nameof(logWeights), logWeights)), [count]);
        Points = points;
        LogWeights = logWeights.LogSoftmax();
        BatchShape = all[..^1];

        Tensor wide = points.BroadcastTo(all), order = Gradient.Stop(wide).ArgSort();
        _sorted = wide.Gather(-1, order);

        // Where the order of a point that is NaN is not known, neither is any sum of weights.
        Tensor unknown = (0 * Gradient.Stop(points)).Sum(-1, keepDims: true).Cast(DType.Float64);
        _weights = LogWeights.BroadcastTo(all).Gather(-1, order).Cast(DType.Float64).Exp() + unknown;

        // The weights of equal points, together at the first of them.
        Tensor same = Gradient.Stop(_sorted);
        _mass = Tensor.Zeros(all, DType.Float64).ScatterAdd(-1, same.SearchSorted(same), _weights);
        Tensor sums = _weights.CumSum(-1), total = Last(sums), none = Tensor.Zeros(BatchShape.Concat([1]), DType.Float64) + unknown;
        _below = Tensor.Concat([none, sums / total], -1);
        _above = Tensor.Concat([_weights.Flip(-1).CumSum(-1).Flip(-1) / total, none], -1);

        // Distances are taken from about the mean, so that a large offset costs no digits.
        _centre = Gradient.Stop((_weights * _sorted.Cast(DType.Float64)).Sum(-1));
        _moment = Tensor.Concat([none, (_weights * (_sorted.Cast(DType.Float64) - _centre.Unsqueeze(-1))).CumSum(-1)], -1);
    }

    /// <summary>The observations, [..., points].</summary>
    public Tensor Points { get; }

    /// <summary>The log weights, normalised, [..., points].</summary>
    public Tensor LogWeights { get; }

    /// <summary>How many points there are, equal ones counted apart.</summary>
    public int Count => Points.Shape[-1];

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("points", Points), ("logWeights", LogWeights)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override DType DType => Points.DType;

    /// <inheritdoc/>
    public override Support Support => new PointSupport(Points);

    /// <inheritdoc/>
    public override Measure Measure => Measure.Counting;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact((LogWeights.Exp() * Points).Sum(-1).BroadcastTo(BatchShape));

    /// <summary>Σ wᵢ·(xᵢ − μ)², without a correction for the size of the sample.</summary>
    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) =>
        Estimate.Exact((LogWeights.Exp() * (Points - Mean().Value.Unsqueeze(-1)).Square()).Sum(-1).BroadcastTo(BatchShape));

    /// <summary>The point with the greatest weight, the least of several.</summary>
    public override Tensor Mode => Rows.Read(_sorted, _mass.ArgMax(-1));

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) => Estimate.Exact(-Bernoulli.Weighted(_mass, Numeric.Log(_mass)).Sum(-1).Cast(DType));

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        value = value.Cast(DType);
        return Rows.Read(Numeric.Log(_mass), Column(Rows.Find(_sorted, value))).Cast(DType) + (0 * value) + (0 * Points).Sum(-1);
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => Tail(CheckValue(value, nameof(Cdf)), _below);

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => Tail(CheckValue(value, nameof(Survival)), _above);

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        Tensor p = CheckProbability(probability), valid = (p >= 0) & (p <= 1);

        // A value of the distribution function that was rounded up still belongs to its point.
        return Tensor.Where(valid, Pick(Tensor.Where(valid, p, 0.5).Cast(DType.Float64) * (1 - (2 * DType.Epsilon()))), double.NaN);
    }

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Evidence.Exact;

    /// <summary>Σ wᵢ·|xᵢ − y| − ½·Σ wᵢwⱼ·|xᵢ − xⱼ|, from running sums over the sorted points.</summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        Tensor y = CheckValue(value, nameof(Crps)), at = Rows.Find(_sorted, y, right: true);
        Tensor below = Rows.Read(_below, at), moment = Rows.Read(_moment, at);
        Tensor ranks = _below[TensorIndex.Ellipsis, 1..] + _below[TensorIndex.Ellipsis, ..^1] - 1;
        Tensor spread = ((_moment[TensorIndex.Ellipsis, 1..] - _moment[TensorIndex.Ellipsis, ..^1]) * ranks).Sum(-1);
        Tensor apart = ((y.Cast(DType.Float64) - _centre) * ((2 * below) - 1)) + Last(_moment).Squeeze(-1) - (2 * moment);
        return Numeric.Propagate(y, (apart - spread).Cast(DType));
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    /// <summary>By inversion: the point at which the sum of the weights passes a uniform number.</summary>
    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => Pick(key.UniformOpen(SampleShape(shape), DType.Float64));

    internal override Tensor? Atoms => _sorted;

    internal override QuadratureRule Quadrature(Tensor? cuts = null) => QuadratureRule.OfOutcomes(_sorted.MoveAxis(-1, 0), _weights.MoveAxis(-1, 0).Cast(DType));

    private BatchRows Rows => new(BatchShape);

    private static Tensor Last(Tensor x) => x[TensorIndex.Ellipsis, (x.Shape[-1] - 1)..];

    // A column from the number of columns before it; what lies beyond the last is the last.
    private Tensor Column(Tensor at) => Tensor.Minimum(at, Tensor.Scalar(Count - 1, DType.Int64));

    private Tensor Pick(Tensor p) => Rows.Read(_sorted, Column(Rows.Find(_below[TensorIndex.Ellipsis, 1..], p)));

    private Tensor Tail(Tensor value, Tensor sums) => Numeric.Propagate(value, Rows.Read(sums, Rows.Find(_sorted, value, right: true)).Cast(DType));
}
