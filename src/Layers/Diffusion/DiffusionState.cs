using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>Draws on their way from noise to data.</summary>
/// <param name="Time">The time of the process.</param>
/// <param name="Sigma">σ, the noise that they still have, relative to the scale of the process; 0 at the end.</param>
/// <param name="Value">Where they are: sample + batch + [dimension].</param>
public readonly record struct DiffusionState(double Time, double Sigma, Tensor Value);
