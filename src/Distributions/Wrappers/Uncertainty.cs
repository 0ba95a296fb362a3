using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>What is uncertain in a prediction, and why. <see cref="Total"/> = <see cref="Aleatoric"/> + <see cref="Epistemic"/>.</summary>
/// <param name="Aleatoric">What noise leaves open even if the model were known: the members' own uncertainty, on average.</param>
/// <param name="Epistemic">What the members disagree about: it shrinks with more data.</param>
/// <param name="Total">Both.</param>
public readonly record struct Uncertainty(Tensor Aleatoric, Tensor Epistemic, Tensor Total);
