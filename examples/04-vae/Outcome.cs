using ProbNet.Inference;

namespace ProbNet.Examples.VariationalAutoencoder;

/// <summary>The figures of one model: for the table, and for the JSON file.</summary>
/// <param name="Id">The part of the example.</param>
/// <param name="Model">What the model is.</param>
/// <param name="Elbo">Mean evidence lower bound of test images, in nats.</param>
/// <param name="Bound">Mean importance-weighted bound with <see cref="Draws"/> draws an image.</param>
/// <param name="ActiveUnits">Latent variables that tell something.</param>
/// <param name="LatentSize">Latent variables.</param>
/// <param name="Figures">What else was measured, by name.</param>
/// <param name="History">The losses of training.</param>
/// <param name="Seconds">Time of training.</param>
internal sealed record Outcome(
    string Id, string Model, double Elbo, double Bound, int ActiveUnits, int LatentSize, IReadOnlyList<(string Name, double Value)> Figures, History History, double Seconds)
{
    public const int Draws = 100;
}
