using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// A step in the opposite direction: what was one pass from data to noise is one pass from noise to data. With an <see cref="AutoregressiveStep"/> an inverse
/// autoregressive flow (Kingma et al. 2016): fast to sample with its log density, slow to evaluate elsewhere.
/// </summary>
public sealed class InvertedStep : FlowStep
{
    /// <summary>Creates the step.</summary>
    /// <param name="step">The step to turn round, which becomes a part of this one.</param>
    /// <exception cref="ArgumentException">It is a part of something already.</exception>
    public InvertedStep(FlowStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        step.Ownership.Take(step, this, nameof(step));
        Step = step;
    }

    /// <summary>The step that is turned round.</summary>
    public FlowStep Step { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => Step.Parameters;

    /// <inheritdoc/>
    public override bool IsInitializedByData => Step.IsInitializedByData;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["step"] = Step.Describe().ToJson() });

    /// <inheritdoc/>
    public override void Initialize(Tensor values) => Step.InitializeInverse(values);

    /// <inheritdoc/>
    public override void InitializeInverse(Tensor values) => Step.Initialize(values);

    /// <inheritdoc/>
    public override string ToString() => $"InvertedStep({Step})";

    /// <inheritdoc/>
    protected override void OnBuild(int dimension, int context, BuildContext build) => Step.Build(dimension, context, build);

    /// <inheritdoc/>
    protected override Transform OnBind(Tensor context) => Step.Bind(context).Inverted();

    internal override void Unbuild()
    {
        base.Unbuild();
        Step.Unbuild();
    }
}
