using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts the mean alone, trained by squared error: what most regression networks do, for comparison. It is a Normal all the same, with one
/// standard deviation for all inputs, of each output its own: the root-mean-square error on the data held out in training.
/// </summary>
public sealed class MeanSquaredErrorHead : UnivariateHead<Normal>
{
    private Parameter? _scale;

    /// <summary>Creates the head.</summary>
    /// <param name="outputs">Numbers an example; null for one, with targets of shape [n].</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one output.</exception>
    public MeanSquaredErrorHead(int? outputs = null) : base(1, outputs)
    {
    }

    /// <inheritdoc/>
    public override TargetScaling Scaling => TargetScaling.Affine;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> State => _scale is null ? [] : [_scale];

    /// <inheritdoc/>
    protected override Support TargetSupport => Support.Real;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["outputs"] = Outputs });

    /// <summary>The squared error of the mean, summed over the outputs, [n].</summary>
    /// <inheritdoc/>
    public override Tensor Loss(Normal prediction, Tensor target, LossContext context)
    {
        Tensor square = (target - prediction.Loc).Square();
        return Outputs is null ? square : square.Sum(-1);
    }

    /// <summary>The squared error in the units of the data: times the square of the scale. With several outputs, whose squares have no unit in common, as it is.</summary>
    /// <inheritdoc/>
    public override double LossInOriginalUnits(double loss, Tensor scale)
    {
        if (Outputs is not null)
        {
            return loss;
        }

        double factor = scale.ToScalar();
        return loss * factor * factor;
    }

    /// <inheritdoc/>
    public override Normal Rescale(Normal prediction, Tensor loc, Tensor scale) => prediction.AffineTransform(loc, scale);

    /// <summary>Sets the standard deviation of all predictions to the root-mean-square error of these, output by output, with a floor.</summary>
    /// <inheritdoc/>
    public override void Calibrate(IEnumerable<(Normal Prediction, Tensor Target)> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        (Tensor sum, double count) = (Tensor.Zeros(TargetShape, DType.Float64), 0);
        foreach ((Normal prediction, Tensor target) in blocks)
        {
            Tensor error = (target - prediction.Loc).To(Device.Cpu).Cast(DType.Float64);
            (sum, count) = (sum + error.Square().Sum(0), count + error.Shape[0]);
        }

        _scale!.Value = Tensor.Maximum((sum / count).Sqrt(), PositiveParameter.DefaultFloor).Cast(_scale.DType);
    }

    /// <inheritdoc/>
    protected override void OnBuild(Shape features, BuildContext context)
    {
        base.OnBuild(features, context);
        _scale = context.Parameter("scale", TargetShape, Initializer.Constant(1));
    }

    /// <inheritdoc/>
    protected override Normal FromParameters(Tensor raw) => new(Parameter(raw, 0), _scale!);

    /// <inheritdoc/>
    protected override Tensor InitialParameters(TargetStatistics statistics) => statistics.Mean.Unsqueeze(-1);
}
