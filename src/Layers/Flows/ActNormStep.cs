using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// A shift and a scale for each coordinate that are set by the first values the step sees, to mean 0 and variance 1, and trained from there (Kingma and Dhariwal
/// 2018): y = (x − loc)·e^(−logScale). After that they are ordinary parameters; nothing else is remembered.
/// </summary>
public sealed class ActNormStep : FlowStep
{
    // A coordinate that does not vary is not blown up.
    private const double LeastScale = 1e-6;

    private Parameter? _loc;
    private Parameter? _logScale;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _logScale is null ? [] : [_loc!, _logScale];

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name);

    /// <inheritdoc/>
    public override void Initialize(Tensor values)
    {
        DType dtype = _loc!.DType;
        _loc.Value = values.Mean(0).Cast(dtype);
        _logScale!.Value = Tensor.Maximum(values.Std(0), LeastScale).Log().Cast(dtype);
    }

    /// <inheritdoc/>
    protected override void OnBuild(int dimension, int context, BuildContext build)
    {
        _loc = build.Parameter("loc", [dimension], Initializer.Zeros);
        _logScale = build.Parameter("log_scale", [dimension], Initializer.Zeros);
    }

    /// <inheritdoc/>
    protected override Transform OnBind(Tensor context) => AffineTransform.FromLogScale(_loc!, _logScale!).Inverted().Independent(1);
}
