using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;

namespace ProbNet.Examples.PhotometricRedshift;

/// <summary>What predicts p(z), and how it was trained.</summary>
internal sealed record FittedModel(Func<Tensor, Univariate> Predict, IReadOnlyList<History> Histories);
