using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts a Student t distribution, whose degrees of freedom are learned as a function of the features, or fixed: outliers widen its tails rather
/// than its scale.
/// </summary>
public sealed class StudentTHead : UnivariateHead<StudentT>
{
    private const double InitialDf = 6;

    private readonly double? _df;
    private readonly double _minDf;
    private readonly double _minScale;

    /// <summary>Creates the head.</summary>
    /// <param name="outputs">Numbers an example; null for one, with targets of shape [n].</param>
    /// <param name="df">The degrees of freedom, above 1, so that a mean exists; null to learn them.</param>
    /// <param name="minDf">The floor of learned degrees of freedom, above 1; at 2 every prediction has a variance.</param>
    /// <param name="minScale">The floor of the scale, in standardized units; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public StudentTHead(int? outputs = null, double? df = null, double minDf = 2, double minScale = PositiveParameter.DefaultFloor)
        : base(df is null ? 3 : 2, outputs)
    {
        _df = df is { } fixedDf ? PositiveParameter.RequireFloor(Name, nameof(df), fixedDf, above: 1) : null;
        _minDf = PositiveParameter.RequireFloor(Name, nameof(minDf), minDf, above: 1);
        _minScale = PositiveParameter.RequireFloor(Name, nameof(minScale), minScale);
    }

    /// <inheritdoc/>
    public override TargetScaling Scaling => TargetScaling.Affine;

    /// <inheritdoc/>
    protected override Support TargetSupport => Support.Real;

    /// <inheritdoc/>
    public override LayerDescription Describe() =>
        new(Name, new JsonObject { ["outputs"] = Outputs, ["df"] = _df, ["min_df"] = _minDf, ["min_scale"] = _minScale });

    /// <inheritdoc/>
    public override StudentT Rescale(StudentT prediction, Tensor loc, Tensor scale) => prediction.AffineTransform(loc, scale);

    /// <inheritdoc/>
    protected override StudentT FromParameters(Tensor raw) => new(
        _df is { } df ? df : PositiveParameter.FromRaw(Parameter(raw, 2), _minDf),
        Parameter(raw, 0),
        PositiveParameter.FromRaw(Parameter(raw, 1), _minScale));

    /// <inheritdoc/>
    protected override Tensor InitialParameters(TargetStatistics statistics)
    {
        // The standard deviation of a Student t distribution is √(df / (df − 2)) times its scale; without a variance, its quartiles must do.
        double df = _df ?? Math.Max(InitialDf, _minDf + 1);
        Tensor scale = statistics.StdDev * (df > 2 ? Math.Sqrt((df - 2) / df) : 0.5);
        Tensor loc = statistics.Mean, rawScale = PositiveParameter.ToRaw(scale, _minScale);
        return Tensor.Stack(_df is null ? [loc, rawScale, PositiveParameter.ToRaw(Tensor.Full(loc.Shape, df, loc.DType), _minDf)] : [loc, rawScale], -1);
    }
}
