using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Predicts the probability that a target is 1 and not 0: logistic regression on the features.</summary>
public sealed class BernoulliHead : UnivariateHead<Bernoulli>
{
    /// <summary>Creates the head.</summary>
    /// <param name="outputs">Yes-or-no answers an example; null for one, with targets of shape [n].</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one output.</exception>
    public BernoulliHead(int? outputs = null) : base(1, outputs)
    {
    }

    /// <inheritdoc/>
    public override TargetScaling Scaling => TargetScaling.None;

    /// <inheritdoc/>
    protected override Support TargetSupport => Support.Boolean;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["outputs"] = Outputs });

    /// <inheritdoc/>
    public override Bernoulli Rescale(Bernoulli prediction, Tensor loc, Tensor scale) => prediction;

    /// <inheritdoc/>
    protected override Bernoulli FromParameters(Tensor raw) => Bernoulli.FromLogits(Parameter(raw, 0));

    /// <inheritdoc/>
    protected override TargetStatistics TypicalTargets(DType dtype) => base.TypicalTargets(dtype) with { Mean = Tensor.Full(TargetShape, 0.5, dtype) };

    /// <inheritdoc/>
    protected override Tensor InitialParameters(TargetStatistics statistics)
    {
        // Kept off 0 and 1, where training would start without a gradient.
        Tensor p = statistics.Mean.Clip(0.01, 0.99);
        return (p.Log() - (1 - p).Log()).Unsqueeze(-1);
    }
}
