using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// The end of a network: turns features into a distribution and knows the loss by which it is trained. Whatever networks it needs on the way belong to it.
/// Features of length 0 make it unconditional: one distribution for all examples.
/// </summary>
/// <typeparam name="TOut">What a prediction is.</typeparam>
public abstract class Head<TOut> : INestedHead where TOut : Sampler
{
    private Shape _features;

    /// <inheritdoc/>
    public virtual string Name => TypeName.Of(GetType());

    /// <inheritdoc/>
    public Type OutputType => typeof(TOut);

    /// <inheritdoc/>
    public virtual Shape TargetShape => Shape.Scalar;

    /// <inheritdoc/>
    public abstract TargetScaling Scaling { get; }

    /// <inheritdoc/>
    public bool IsBuilt { get; private set; }

    /// <summary>The layers that belong to the head, in a fixed order.</summary>
    public virtual IReadOnlyList<Layer> Parts => [];

    /// <inheritdoc/>
    public virtual IReadOnlyList<Parameter> Parameters => [.. Parts.SelectMany(part => part.Parameters)];

    /// <inheritdoc/>
    public virtual IReadOnlyList<Parameter> State => [];

    /// <summary>
    /// The kinds of training steps that take turns, each with an optimizer of its own; none for the usual one, which trains all parameters by <see cref="Loss"/>. The
    /// validation loss is <see cref="Loss"/> in any case.
    /// </summary>
    public virtual IReadOnlyList<TrainingPhase<TOut>> Phases => [];

    /// <summary>The values that targets may have.</summary>
    protected abstract Support TargetSupport { get; }

    /// <inheritdoc/>
    public abstract LayerDescription Describe();

    /// <inheritdoc/>
    public void Build(Shape features, BuildContext context)
    {
        if (features.Rank != 1 || (IsBuilt && _features != features))
        {
            throw new ShapeException(IsBuilt
                ? $"{this}: it was built for features of shape {ShapeText.Batch(_features)}, but got {ShapeText.Batch(features)}."
                : $"{this}: expects features of shape [n, features], but got {ShapeText.Batch(features)}; flatten them first.");
        }

        if (IsBuilt)
        {
            return;
        }

        Part[] before = [.. Parts.Select(part => new Part(part, part.IsBuilt))];
        try
        {
            OnBuild(features, context);
        }
        catch
        {
            foreach (Part part in before.Where(part => !part.WasBuilt))
            {
                part.Layer.Unbuild();
            }

            throw;
        }

        _features = features;
        IsBuilt = true;
    }

    /// <summary>Sets parameters so that the first prediction has the location and scale of the targets, as far as the head can.</summary>
    /// <param name="statistics">Mean and standard deviation of the targets, in the units that the head sees.</param>
    public virtual void InitializeFor(TargetStatistics statistics)
    {
    }

    /// <summary>
    /// Sets parameters by examples, where the head has a rule for that (<see cref="ActNormStep"/>): called once, after <see cref="InitializeFor"/> and before the first step.
    /// </summary>
    /// <param name="examples">Up to a thousand examples, drawn at random from the training part.</param>
    public virtual void InitializeOn(FirstExamples examples)
    {
    }

    /// <summary>The prediction for features.</summary>
    /// <param name="features">[n, features]; or [features] for a prediction without a batch axis.</param>
    /// <returns>A distribution with batch shape [n], or [], + <see cref="TargetShape"/> less the event shape.</returns>
    public abstract TOut Forward(Tensor features);

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
    public void CheckTargets(Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        CheckTargets(targets, targets.DType.IsFloating() ? targets.DType : DType.Float64);
    }

    /// <inheritdoc cref="INestedHead.CheckTargets"/>
    internal void CheckTargets(Tensor targets, DType dtype)
    {
        Tensor values = targets.To(Device.Cpu).Cast(dtype);
        if (values.Rank != TargetShape.Rank + 1 || values.Shape[1..] != TargetShape)
        {
            throw new ShapeException($"{this}: expects targets of shape {ShapeText.Batch(TargetShape)}, but got {targets.Shape}.");
        }

        int bad = TargetSupport.Contains(values).AsSpan<bool>().IndexOf(false);
        if (bad < 0)
        {
            return;
        }

        // Of vectors, the first that is outside is named by its row alone.
        int outcome = TargetShape[..^TargetSupport.EventRank].Size;
        (int row, int column) = Math.DivRem(bad, outcome);
        string place = outcome == 1 && TargetShape.Rank == TargetSupport.EventRank
            ? FormattableString.Invariant($"row {row}") : FormattableString.Invariant($"row {row}, column {column}");
        string value = TargetSupport.EventRank == 0 ? Told(bad) : values[row].ToString();
        throw new ArgumentException(
            $"{this}: the target in {place} is {value}, outside of the support {TargetSupport} of the prediction.", nameof(targets));

        string Told(int index)
        {
            double given = targets.To(Device.Cpu).Cast(DType.Float64).AsSpan<double>()[index], seen = values.Reshape(-1)[index].ToScalar();
            return given.Equals(seen) ? FormattableString.Invariant($"{given:R}") : FormattableString.Invariant($"{given:R}, which is {seen:R} in {dtype}");
        }
    }

    /// <summary>Called after training with predictions for data that was held out, in standardized units, to set <see cref="State"/>.</summary>
    /// <param name="blocks">
    /// Predictions for the held-out (else the training) examples and their targets, some thousand rows at a time. A block is computed when it is asked for, and again the
    /// next time.
    /// </param>
    public virtual void Calibrate(IEnumerable<(TOut Prediction, Tensor Target)> blocks)
    {
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    Support INestedHead.TargetSupport => TargetSupport;

    Ownership INestedHead.Ownership => Ownership;

    void INestedHead.CheckTargets(Tensor targets, DType dtype) => CheckTargets(targets, dtype);

    Sampler INestedHead.Forward(Tensor features) => Forward(features);

    Sampler INestedHead.Rescale(Sampler prediction, Tensor loc, Tensor scale) => Rescale((TOut)prediction, loc, scale);

    bool INestedHead.NeedsSpread => NeedsSpread;

    int INestedHead.InputSize => InputSize;

    Tensor INestedHead.AsInput(Tensor target, DType dtype) => AsInput(target, dtype);

    void INestedHead.Unbuild() => Unbuild();

    /// <inheritdoc cref="INestedHead.Ownership"/>
    internal Ownership Ownership { get; } = new();

    /// <inheritdoc cref="INestedHead.NeedsSpread"/>
    internal virtual bool NeedsSpread => false;

    /// <inheritdoc cref="INestedHead.InputSize"/>
    internal virtual int InputSize => TargetShape.Size;

    /// <inheritdoc cref="INestedHead.AsInput"/>
    internal virtual Tensor AsInput(Tensor target, DType dtype) => target.Cast(dtype);

    /// <summary>Takes a build back, when a later part of the same head failed to build.</summary>
    internal virtual void Unbuild()
    {
        IsBuilt = false;
        foreach (Layer part in Parts)
        {
            part.Unbuild();
        }
    }

    /// <summary>Creates the parameters and <see cref="State"/>, without reading their values, which may not exist yet.</summary>
    /// <param name="features">The shape of the features of one example: [features].</param>
    /// <param name="context">Path, key and type.</param>
    protected abstract void OnBuild(Shape features, BuildContext context);

    private readonly record struct Part(Layer Layer, bool WasBuilt);
}
