using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// The end of a network: turns features into a distribution and knows the loss by which it is trained. A linear layer from the features to the
/// raw parameters belongs to it.
/// </summary>
/// <typeparam name="TOut">What a prediction is.</typeparam>
public abstract class Head<TOut> : IHead where TOut : Sampler
{
    // Small weights: the first prediction is nearly the same for all inputs, and the bias alone gives it the scale of the data.
    private static readonly Initializer s_smallWeights = new VarianceScaling("small", 0.01, FanMode.In, isUniform: false);

    private Parameter? _weight;
    private Parameter? _bias;

    /// <inheritdoc/>
    public virtual string Name => GetType().Name;

    /// <inheritdoc/>
    public Type OutputType => typeof(TOut);

    /// <inheritdoc/>
    public virtual Shape TargetShape => Shape.Scalar;

    /// <inheritdoc/>
    public abstract TargetScaling Scaling { get; }

    /// <summary>Number of raw parameters an example.</summary>
    public abstract int RawSize { get; }

    /// <inheritdoc/>
    public bool IsBuilt => _weight is not null;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters => _weight is null ? [] : [_weight, _bias!];

    /// <inheritdoc/>
    public virtual IReadOnlyList<Parameter> State => [];

    /// <inheritdoc/>
    public abstract LayerDescription Describe();

    /// <inheritdoc/>
    public void Build(Shape features, BuildContext context)
    {
        if (features.Rank != 1 || (_weight is not null && _weight.Shape[0] != features[0]))
        {
            throw new ShapeException(_weight is null
                ? $"{this}: expects features of shape [n, features], but got {ShapeText.Batch(features)}; flatten them first."
                : $"{this}: it was built for features of shape [n, {_weight.Shape[0]}], but got {ShapeText.Batch(features)}.");
        }

        if (IsBuilt)
        {
            return;
        }

        OnBuild(context);
        Parameter weight = context.Parameter("weight", [features[0], RawSize], s_smallWeights);
        _bias = context.Parameter("bias", [RawSize], new ValueInitializer(() => InitialBias(TypicalTargets(context.DType)).Reshape(RawSize)));
        _weight = weight;
    }

    /// <summary>Sets the bias so that the first prediction has the location and scale of the targets.</summary>
    /// <param name="statistics">Mean and standard deviation of the targets, in the units that the head sees.</param>
    public void InitializeFor(TargetStatistics statistics) =>
        _bias!.Value = InitialBias(statistics).Reshape(RawSize).Cast(_bias.DType);

    /// <summary>The prediction for features.</summary>
    /// <param name="features">[n, features].</param>
    /// <returns>A distribution with batch shape [n] + <see cref="TargetShape"/> less the event shape.</returns>
    public TOut Forward(Tensor features) => FromRaw(features.MatMul(_weight!) + _bias!);

    /// <summary>The distribution with given raw parameters, made valid in a stable way.</summary>
    /// <param name="raw">[n, <see cref="RawSize"/>], any real numbers.</param>
    public abstract TOut FromRaw(Tensor raw);

    /// <summary>The loss of each example, [n]: for a density its negative logarithm, summed over the target's axes.</summary>
    /// <param name="prediction">The prediction, in the units of the target given here.</param>
    /// <param name="target">[n] + <see cref="TargetShape"/>; checked before.</param>
    /// <param name="context">Key and progress for losses that need them.</param>
    public abstract Tensor Loss(TOut prediction, Tensor target, LossContext context);

    /// <summary>The distribution of loc + scale·Y, as the same type.</summary>
    /// <param name="prediction">The distribution of Y.</param>
    /// <param name="loc">The shift; 0 if <see cref="Scaling"/> allows none.</param>
    /// <param name="scale">The factor, above 0; 1 if <see cref="Scaling"/> allows none.</param>
    public abstract TOut Rescale(TOut prediction, Tensor loc, Tensor scale);

    /// <summary>A loss in standardized units, told in the units of the data: for log densities, plus the log of the scale.</summary>
    /// <param name="loss">In units of which one is <paramref name="scale"/> of the data.</param>
    /// <param name="scale">The factor of the standardization, with the target's shape.</param>
    public virtual double LossInOriginalUnits(double loss, Tensor scale) => loss + scale.ToDoubles().Sum(Math.Log);

    /// <inheritdoc/>
    public abstract void CheckTargets(Tensor targets);

    /// <summary>Called after training with predictions for data that was held out, in standardized units, to set <see cref="State"/>.</summary>
    /// <param name="prediction">Predictions for the held-out (else the training) examples.</param>
    /// <param name="target">Their targets.</param>
    public virtual void Calibrate(TOut prediction, Tensor target)
    {
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Targets for which the head is initialized as long as it has not seen any.</summary>
    /// <param name="dtype">The type of the parameters.</param>
    protected virtual TargetStatistics TypicalTargets(DType dtype) => new(Tensor.Zeros(TargetShape, dtype), Tensor.Ones(TargetShape, dtype));

    /// <summary>Creates <see cref="State"/>.</summary>
    protected virtual void OnBuild(BuildContext context)
    {
    }

    /// <summary>Raw parameters at which the prediction has the location and scale of the targets; of <see cref="RawSize"/> elements.</summary>
    protected abstract Tensor InitialBias(TargetStatistics statistics);
}
