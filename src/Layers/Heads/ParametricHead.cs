using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// A head whose distribution is given by a number of raw parameters: a linear layer of the features, or without features a constant, made valid in a stable way.
/// </summary>
/// <typeparam name="TOut">What a prediction is.</typeparam>
public abstract class ParametricHead<TOut> : Head<TOut> where TOut : Sampler
{
    private Parameter? _weight;
    private Parameter? _bias;

    /// <summary>Number of raw parameters an example.</summary>
    public abstract int RawSize { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _bias is null ? [] : _weight is null ? [_bias] : [_weight, _bias];

    /// <inheritdoc/>
    public override void InitializeFor(TargetStatistics statistics) => _bias!.Value = InitialBias(statistics).Reshape(RawSize).Cast(_bias.DType);

    /// <inheritdoc/>
    public override TOut Forward(Tensor features) => FromRaw(
        _weight is null ? ((Tensor)_bias!).BroadcastTo(features.Shape[..^1].Concat([RawSize])) : features.MatMul(_weight) + _bias!);

    /// <summary>The distribution with given raw parameters, made valid in a stable way.</summary>
    /// <param name="raw">[..., <see cref="RawSize"/>], any real numbers.</param>
    public abstract TOut FromRaw(Tensor raw);

    /// <summary>Targets for which the head is initialized as long as it has not seen any.</summary>
    /// <param name="dtype">The type of the parameters.</param>
    protected virtual TargetStatistics TypicalTargets(DType dtype) => new(Tensor.Zeros(TargetShape, dtype), Tensor.Ones(TargetShape, dtype));

    /// <inheritdoc/>
    protected override void OnBuild(Shape features, BuildContext context)
    {
        Parameter? weight = features[0] == 0 ? null : context.Parameter("weight", [features[0], RawSize], VarianceScaling.Small);
        _bias = context.Parameter("bias", [RawSize], new ValueInitializer(() => InitialBias(TypicalTargets(context.DType)).Reshape(RawSize)));
        _weight = weight;
    }

    /// <summary>Raw parameters at which the prediction has the location and scale of the targets; of <see cref="RawSize"/> elements.</summary>
    protected abstract Tensor InitialBias(TargetStatistics statistics);
}
