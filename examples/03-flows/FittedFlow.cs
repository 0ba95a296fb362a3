using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;

namespace ProbNet.Examples.FlowDensities;

/// <summary>A density that was learned.</summary>
internal sealed record FittedFlow(Distribution Density, History History)
{
    // Rows evaluated together.
    private const int Rows = 4096;

    /// <summary>The log density of points [n, 2], in Float64.</summary>
    public Tensor LogDensity(Tensor points)
    {
        var parts = new List<Tensor>();
        for (int start = 0; start < points.Shape[0]; start += Rows)
        {
            parts.Add(Density.LogProb(points[start..Math.Min(points.Shape[0], start + Rows)].Cast(Density.DType)).Cast(DType.Float64));
        }

        return Tensor.Concat(parts);
    }
}
