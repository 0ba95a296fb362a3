using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;

namespace ProbNet.Examples.AleatoricRegression;

/// <summary>What predicts, and how it was trained.</summary>
internal sealed record FittedModel(Func<Tensor, Univariate> Predict, IReadOnlyList<History> Histories);
