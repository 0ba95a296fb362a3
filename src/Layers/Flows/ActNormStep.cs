using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// A shift and a scale for each coordinate that are set by the first values the step sees, to mean 0 and variance 1, and trained from there (Kingma and Dhariwal
/// 2018): y = (x − loc)·e^(−logScale). After that they are ordinary parameters; nothing else is remembered. <c>Fit</c> shows it up to a thousand training examples as the
/// steps before it make them. A coordinate that is the same in all of them keeps its scale. In the posterior or prior of a <see cref="VaeHead"/> it is shown nothing, and
/// starts at the identity: what it would standardize, latent variables, are no data.
/// </summary>
public sealed class ActNormStep : FlowStep
{
    // What varies by less is a constant, which has no scale to be set by.
    private const double LeastScale = 1e-6;

    private Parameter? _loc;
    private Parameter? _logScale;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _logScale is null ? [] : [_loc!, _logScale];

    /// <inheritdoc/>
    public override bool IsInitializedByData => true;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name);

    /// <inheritdoc/>
    public override void Initialize(Tensor values) => Set(values.Mean(0), LogScale(values));

    /// <summary>The inverse, z·e^logScale + loc, gives mean 0 and variance 1.</summary>
    /// <inheritdoc/>
    public override void InitializeInverse(Tensor values)
    {
        Tensor logScale = -LogScale(values);
        Set(-values.Mean(0) * logScale.Exp(), logScale);
    }

    /// <inheritdoc/>
    protected override void OnBuild(int dimension, int context, BuildContext build)
    {
        _loc = build.Parameter("loc", [dimension], Initializer.Zeros);
        _logScale = build.Parameter("log_scale", [dimension], Initializer.Zeros);
    }

    /// <inheritdoc/>
    protected override Transform OnBind(Tensor context) => AffineTransform.FromLogScale(_loc!, _logScale!).Inverted().Independent(1);

    private static Tensor LogScale(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);

        // Of one vector the deviation is 0/0, which is not above it either.
        Tensor deviation = values.Std(0);
        return Tensor.Where(deviation > LeastScale, deviation, 1.0).Log();
    }

    private void Set(Tensor loc, Tensor logScale) => (_loc!.Value, _logScale!.Value) = (loc.Cast(_loc.DType), logScale.Cast(_loc.DType));
}
