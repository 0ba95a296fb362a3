using ProbNet.Inference;

namespace ProbNet.Examples.AleatoricRegression;

/// <summary>A trained contestant and how it did on one split.</summary>
internal sealed record Result(Contestant Contestant, FittedModel Model, Evaluation Evaluation, double Seconds);
