using ProbNet.Autodiff;

namespace ProbNet.Examples.FlowDensities;

/// <summary>How the models are trained and scored.</summary>
/// <param name="Points">Training points.</param>
/// <param name="TestPoints">Test points.</param>
/// <param name="Steps">Training steps, about: whole passes over the points.</param>
/// <param name="Batch">Points a step.</param>
/// <param name="Hidden">The widths of all networks' hidden layers.</param>
/// <param name="Bins">Bins of each spline.</param>
/// <param name="WeightDecay">By which weights shrink, apart from the gradient (AdamW): for few points.</param>
/// <param name="Seed">The seed of everything random.</param>
/// <param name="Device">Where the models are trained.</param>
internal sealed record Settings(int Points, int TestPoints, int Steps, int Batch, IReadOnlyList<int> Hidden, int Bins, double WeightDecay, long Seed, Device Device)
{
    /// <summary>The largest rate, from which it falls to 0 as a cosine.</summary>
    public const double LearningRate = 3e-3;

    /// <summary>The largest norm of a gradient.</summary>
    public const double ClipNorm = 5;
}
