using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>Some of the training examples as a head sees them before the first step, for parameters that are initialized by data.</summary>
/// <param name="features">Computes the features, which most heads do not ask for.</param>
/// <param name="targets">[n] + the head's target shape.</param>
public sealed class FirstExamples(Func<Tensor> features, Tensor targets)
{
    private Tensor? _features;

    /// <summary>What the layers in front of the head give for the examples before training: [n, features].</summary>
    public Tensor Features => _features ??= features();

    /// <summary>The targets in the units that the head sees: [n] + its target shape.</summary>
    public Tensor Targets => targets;
}
