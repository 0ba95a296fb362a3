using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>A monotone rational-quadratic spline on [−bound, bound], straight outside (Durkan et al. 2019).</summary>
internal sealed class SplineElementMap : ElementMap
{
    public const string Kind = "spline";
    public const int DefaultBins = 8;
    public const double DefaultBound = 4;

    // Of the interval, of the height, and of a slope.
    private const double Least = 1e-3;

    // softplus(raw) + Least = 1.
    private static readonly double s_unitSlope = Math.Log(Math.Exp(1 - Least) - 1);

    private readonly int _bins;
    private readonly double _bound;
    private readonly bool _learnTails;

    public SplineElementMap(int bins, double bound, bool learnTails)
    {
        if (bins < 2 || bins * Least >= 1)
        {
            throw new ArgumentOutOfRangeException(nameof(bins), bins, FormattableString.Invariant($"ElementMap.Spline: the bins must be 2 to {(1 / Least) - 1}."));
        }

        if (!(bound > 0 && double.IsFinite(bound)))
        {
            throw new ArgumentOutOfRangeException(nameof(bound), bound, "ElementMap.Spline: the bound must be above 0 and finite.");
        }

        (_bins, _bound, _learnTails) = (bins, bound, learnTails);
    }

    public override string Name => Kind;

    public override int RawSize => (2 * _bins) + SlopeCount;

    public override IReadOnlyList<double> Identity => [.. Enumerable.Repeat(0.0, 2 * _bins), .. Enumerable.Repeat(s_unitSlope, SlopeCount)];

    private int SlopeCount => _learnTails ? _bins + 1 : _bins - 1;

    public override Transform FromRaw(Tensor raw) => RationalQuadraticSplineTransform.FromFeatures(raw, _bins, _bound, Least, Least, Least);

    public override LayerDescription Describe() => new(Kind, new JsonObject { ["bins"] = _bins, ["bound"] = _bound, ["learn_tails"] = _learnTails });

    public override string ToString() => FormattableString.Invariant($"spline of {_bins} bins");
}
