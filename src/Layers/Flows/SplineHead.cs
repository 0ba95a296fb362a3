using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts a flow of one number: standardized by a location and a scale, bent by a monotone rational-quadratic spline (Durkan et al. 2019), it is standard Normal noise.
/// Any shape of density, several modes included, with distribution function, quantiles and intervals exact through the map. Outside of the spline the tails are
/// those of a Normal.
/// </summary>
public sealed class SplineHead : UnivariateHead<TransformedDistribution>
{
    private const int LocationAndScale = 2;

    private readonly int _bins;
    private readonly double _bound;
    private readonly bool _learnTails;
    private readonly double _minScale;
    private readonly ElementMap _spline;

    /// <summary>Creates the head.</summary>
    /// <param name="bins">Number of bins; at least 2.</param>
    /// <param name="outputs">Numbers an example, independent given the features; null for one, with targets of shape [n].</param>
    /// <param name="bound">Half the length of the spline's interval, in predicted scales; above 0.</param>
    /// <param name="learnTails">Whether the slopes outside of the interval are learned.</param>
    /// <param name="minScale">The floor of the scale, in standardized units; above 0. The spline can make the density at most 1000 times as narrow.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public SplineHead(
        int bins = 16, int? outputs = null, double bound = SplineElementMap.DefaultBound, bool learnTails = false, double minScale = PositiveParameter.DefaultFloor)
        : this(ElementMap.Spline(bins, bound, learnTails), outputs)
    {
        (_bins, _bound, _learnTails) = (bins, bound, learnTails);
        _minScale = PositiveParameter.RequireFloor(Name, nameof(minScale), minScale);
    }

    private SplineHead(ElementMap spline, int? outputs) : base(LocationAndScale + spline.RawSize, outputs) => _spline = spline;

    /// <inheritdoc/>
    public override TargetScaling Scaling => TargetScaling.Affine;

    /// <inheritdoc/>
    protected override Support TargetSupport => Support.Real;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject
    {
        ["bins"] = _bins, ["outputs"] = Outputs, ["bound"] = _bound, ["learn_tails"] = _learnTails, ["min_scale"] = _minScale,
    });

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"SplineHead({_bins})");

    /// <inheritdoc/>
    public override TransformedDistribution Rescale(TransformedDistribution prediction, Tensor loc, Tensor scale) =>
        new(prediction.Source, prediction.Transform.Then(new AffineTransform(loc, scale)));

    /// <inheritdoc/>
    protected override TransformedDistribution FromParameters(Tensor raw)
    {
        Tensor loc = Parameter(raw, 0), scale = PositiveParameter.FromRaw(Parameter(raw, 1), _minScale);
        Transform spline = _spline.FromRaw(raw[TensorIndex.Ellipsis, LocationAndScale..]);
        return new(new Normal(Tensor.ZerosLike(loc), Tensor.OnesLike(loc)), spline.Inverted().Then(new AffineTransform(loc, scale)));
    }

    /// <inheritdoc/>
    protected override Tensor InitialParameters(TargetStatistics statistics)
    {
        Tensor loc = statistics.Mean.Unsqueeze(-1), scale = PositiveParameter.ToRaw(statistics.StdDev, _minScale).Unsqueeze(-1);
        Tensor identity = Tensor.From(_spline.Identity.ToArray()).AsFree().Cast(loc.DType);
        return Tensor.Concat([loc, scale, identity.BroadcastTo(loc.Shape[..^1].Concat([identity.Size]))], -1);
    }
}
