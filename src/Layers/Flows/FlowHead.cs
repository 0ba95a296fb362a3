using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts a normalizing flow: vectors that become standard Normal noise by a chain of invertible steps, conditional on the features or not. Density, log density and
/// samples are exact. Trained by the negative log-likelihood.
/// </summary>
public sealed class FlowHead : Head<TransformedVector>
{
    private readonly int _dimension;

    /// <summary>Creates the head.</summary>
    /// <param name="dimension">The length of the vectors; at least 1.</param>
    /// <param name="steps">From the data to the noise, first to last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one coordinate.</exception>
    /// <exception cref="ArgumentException">There is no step, or one stands at two places or in two heads: it has one set of parameters.</exception>
    public FlowHead(int dimension, params IReadOnlyList<FlowStep> steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentNullException.ThrowIfNull(steps);
        _dimension = dimension;
        Steps = [.. steps];
        if (Steps.Count == 0)
        {
            throw new ArgumentException("FlowHead: at least one step is needed.", nameof(steps));
        }

        foreach (FlowStep step in Steps)
        {
            step.Ownership.Take(step, this, nameof(steps));
        }
    }

    /// <summary>The steps, from the data to the noise.</summary>
    public IReadOnlyList<FlowStep> Steps { get; }

    /// <inheritdoc/>
    public override Shape TargetShape => [_dimension];

    /// <inheritdoc/>
    public override TargetScaling Scaling => TargetScaling.Affine;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [.. Steps.SelectMany(step => step.Parameters)];

    /// <inheritdoc/>
    protected override Support TargetSupport => Support.Real;

    /// <inheritdoc/>
    internal override bool NeedsSpread => true;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject
    {
        ["dimension"] = _dimension,
        ["steps"] = new JsonArray([.. Steps.Select(step => step.Describe().ToJson())]),
    });

    /// <inheritdoc/>
    public override string ToString() => $"FlowHead({string.Join(", ", Steps)})";

    /// <summary>Lets each step see what the examples become in the steps before it.</summary>
    /// <inheritdoc/>
    public override void InitializeOn(FirstExamples examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        Tensor x = examples.Targets;
        for (int i = 0; i < Steps.Count && Steps.Skip(i).Any(step => step.IsInitializedByData); i++)
        {
            Steps[i].Initialize(x);
            x = Steps[i].Bind(examples.Features).Forward(x);
        }
    }

    /// <inheritdoc/>
    public override TransformedVector Forward(Tensor features)
    {
        Shape batch = features.Shape[..^1];
        Tensor zero = Tensor.Zeros(batch.Concat([_dimension]), features.DType).AsFree();
        return new(new Independent<Normal>(new Normal(zero, Tensor.OnesLike(zero).AsFree()), 1), ToNoise(features).Inverted());
    }

    /// <summary>The map from data to noise under given features, with its log-determinant.</summary>
    /// <param name="features">[n, features], or [features]; of length 0 without features.</param>
    public Transform ToNoise(Tensor features)
    {
        ArgumentNullException.ThrowIfNull(features);
        return new FlowTransform([.. Steps.Select(step => step.Bind(features))], _dimension, features.Shape[..^1]);
    }

    /// <inheritdoc/>
    public override Tensor Loss(TransformedVector prediction, Tensor target, LossContext context) => -prediction.LogDensity(target);

    /// <inheritdoc/>
    public override TransformedVector Rescale(TransformedVector prediction, Tensor loc, Tensor scale) =>
        new(prediction.Source, prediction.Transform.Then(new AffineTransform(loc, scale)));

    /// <inheritdoc/>
    protected override void OnBuild(Shape features, BuildContext context)
    {
        FlowStep[] unbuilt = [.. Steps.Where(step => !step.IsBuilt)];
        try
        {
            for (int i = 0; i < Steps.Count; i++)
            {
                Steps[i].Build(_dimension, features[0], context.Child(FormattableString.Invariant($"{i}")));
            }
        }
        catch
        {
            foreach (FlowStep step in unbuilt)
            {
                step.Unbuild();
            }

            throw;
        }
    }

    internal override void Unbuild()
    {
        base.Unbuild();
        foreach (FlowStep step in Steps)
        {
            step.Unbuild();
        }
    }
}
