using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts the probability of each of some given bins: a density that is constant in a bin, any shape as far as the bins resolve it. Beyond the first and last
/// edge the density is exponential, as wide as the outermost bin, with a probability that is learned as those of the bins are. No density exceeds
/// the inverse of the narrowest bin.
/// </summary>
public sealed class BinsHead : UnivariateHead<PiecewiseUniform>
{
    /// <summary>Creates the head.</summary>
    /// <param name="edges">The edges of the bins, rising, in the units of the targets; at least two.</param>
    /// <param name="outputs">Numbers an example, all with the same bins; null for one, with targets of shape [n].</param>
    /// <exception cref="ArgumentOutOfRangeException">The edges are not finite and rising, or there is not at least one output.</exception>
    public BinsHead(IReadOnlyList<double> edges, int? outputs = null) : base(edges.Count + 1, outputs)
    {
        if (edges.Count < 2 || Enumerable.Range(1, edges.Count - 1).Any(i => !(edges[i] > edges[i - 1] && double.IsFinite(edges[i]) && double.IsFinite(edges[i - 1]))))
        {
            throw new ArgumentOutOfRangeException(
                nameof(edges), "BinsHead: at least two edges are needed, finite and each above the one before: "
                + string.Join(", ", edges.Select(edge => FormattableString.Invariant($"{edge}"))) + " are not.");
        }

        Edges = [.. edges];
    }

    /// <summary>Creates the head with bins of one width.</summary>
    /// <param name="low">The first edge.</param>
    /// <param name="high">The last edge.</param>
    /// <param name="bins">Number of bins.</param>
    /// <param name="outputs">Numbers an example, all with the same bins; null for one, with targets of shape [n].</param>
    /// <exception cref="ArgumentOutOfRangeException">The ends are not finite and rising, or a number is not at least 1.</exception>
    public static BinsHead Even(double low, double high, int bins, int? outputs = null) =>
        new([.. Enumerable.Range(0, Math.Max(0, bins) + 1).Select(i => low + ((high - low) * i / bins))], outputs);

    /// <summary>Creates the head with bins that hold the same number of given targets each, as far as ties allow.</summary>
    /// <param name="targets">Targets to divide: those of the training part.</param>
    /// <param name="bins">Number of bins; at least 1. Fewer are made where targets are tied.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not two different targets, or not at least one bin.</exception>
    public static BinsHead OfEqualCounts(Tensor targets, int bins)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        double[] sorted = [.. targets.ToDoubles().Order()];
        if (sorted.Length == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(targets), $"BinsHead.OfEqualCounts: the targets have shape {targets.Shape}; there is nothing to divide.");
        }

        return new([.. Enumerable.Range(0, bins + 1).Select(i => sorted[(int)Math.Round((sorted.Length - 1.0) * i / bins)]).Distinct()]);
    }

    /// <summary>The edges of the bins.</summary>
    public IReadOnlyList<double> Edges { get; }

    /// <summary>None: the edges are in the units of the targets.</summary>
    public override TargetScaling Scaling => TargetScaling.None;

    /// <inheritdoc/>
    protected override Support TargetSupport => Support.Real;

    /// <inheritdoc/>
    public override LayerDescription Describe() =>
        new(Name, new JsonObject { ["edges"] = new JsonArray([.. Edges.Select(edge => JsonValue.Create(edge))]), ["outputs"] = Outputs });

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"BinsHead({Edges.Count - 1} bins from {Edges[0]} to {Edges[^1]})");

    /// <inheritdoc/>
    public override PiecewiseUniform Rescale(PiecewiseUniform prediction, Tensor loc, Tensor scale) => prediction;

    /// <inheritdoc/>
    protected override void OnBuild(Shape features, BuildContext context)
    {
        double[] seen = Tensor.From([.. Edges]).Cast(context.DType).ToDoubles();
        int equal = Enumerable.Range(1, seen.Length - 1).FirstOrDefault(i => !(seen[i] > seen[i - 1] && double.IsFinite(seen[i] - seen[i - 1])));
        if (equal > 0)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"BinsHead: the edges {Edges[equal - 1]} and {Edges[equal]} are {seen[equal - 1]:R} and {seen[equal]:R} in {context.DType}, which makes no bin: ")
                + "shift or scale the targets and edges, or make the model Float64.");
        }

        base.OnBuild(features, context);
    }

    /// <inheritdoc/>
    protected override PiecewiseUniform FromParameters(Tensor raw) => new(Tensor.From([.. Edges]).AsFree().Cast(raw.DType), raw);

    /// <inheritdoc/>
    protected override TargetStatistics TypicalTargets(DType dtype) =>
        TargetStatistics.Typical(TargetShape, (0.5 * (Edges[0] + Edges[^1]), 0.25 * (Edges[^1] - Edges[0])), dtype);

    /// <summary>The probabilities that a Normal with the mean and standard deviation of the targets has in the bins, and no less than a small part.</summary>
    /// <inheritdoc/>
    protected override Tensor InitialParameters(TargetStatistics statistics)
    {
        const double least = 1e-4;
        Tensor edges = Tensor.From([.. Edges]).AsFree().Cast(statistics.Mean.DType);
        Tensor below = ((edges - statistics.Mean.Unsqueeze(-1)) / statistics.StdDev.Unsqueeze(-1)).NormalCdf();
        Tensor one = Tensor.Ones(below.Shape[..^1].Concat([1]), below.DType);
        Tensor masses = Tensor.Concat([below, one], -1) - Tensor.Concat([0 * one, below], -1);
        return Tensor.Maximum(masses, least).Log();
    }
}
