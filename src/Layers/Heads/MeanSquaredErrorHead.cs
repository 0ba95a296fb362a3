using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts the mean alone, trained by squared error: what most regression networks do, for comparison. It is a Normal all the same, with one
/// standard deviation for all inputs: the root-mean-square error on the data held out in training.
/// </summary>
public sealed class MeanSquaredErrorHead : UnivariateHead<Normal>
{
    private Parameter? _scale;

    /// <summary>Creates the head, for one number an example: targets of shape [n].</summary>
    public MeanSquaredErrorHead() : base(1, null)
    {
    }

    /// <inheritdoc/>
    public override TargetScaling Scaling => TargetScaling.Affine;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> State => _scale is null ? [] : [_scale];

    /// <inheritdoc/>
    protected override Support TargetSupport => Support.Real;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name);

    /// <summary>The squared error of the mean, [n].</summary>
    /// <inheritdoc/>
    public override Tensor Loss(Normal prediction, Tensor target, LossContext context) => (target - prediction.Loc).Square();

    /// <summary>The squared error in the units of the data: times the square of the scale.</summary>
    /// <inheritdoc/>
    public override double LossInOriginalUnits(double loss, Tensor scale)
    {
        double factor = scale.ToScalar();
        return loss * factor * factor;
    }

    /// <inheritdoc/>
    public override Normal Rescale(Normal prediction, Tensor loc, Tensor scale) => prediction.AffineTransform(loc, scale);

    /// <summary>Sets the standard deviation of all predictions to the root-mean-square error of these, with a floor.</summary>
    /// <inheritdoc/>
    public override void Calibrate(IEnumerable<(Normal Prediction, Tensor Target)> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        (double sum, long count) = (0, 0);
        foreach ((Normal prediction, Tensor target) in blocks)
        {
            Tensor error = (target - prediction.Loc).To(Device.Cpu).Cast(DType.Float64);
            (sum, count) = (sum + error.Square().Sum().ToScalar(), count + error.Size);
        }

        double deviation = Math.Max(Math.Sqrt(sum / count), PositiveParameter.DefaultFloor);
        _scale!.Value = Tensor.Scalar(deviation, _scale.DType);
    }

    /// <inheritdoc/>
    protected override void OnBuild(Shape features, BuildContext context)
    {
        base.OnBuild(features, context);
        _scale = context.Parameter("scale", [], Initializer.Constant(1));
    }

    /// <inheritdoc/>
    protected override Normal FromParameters(Tensor raw) => new(Parameter(raw, 0), _scale!);

    /// <inheritdoc/>
    protected override Tensor InitialParameters(TargetStatistics statistics) => statistics.Mean.Unsqueeze(-1);
}
