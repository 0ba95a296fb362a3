using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Shapes of maps that change the length of the last axis.</summary>
internal static class LastAxis
{
    /// <summary>The shape with a longer or shorter last axis.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public static Shape Longer(string transform, Shape shape, int by) => shape.Rank > 0 && shape[-1] + by >= 0
        ? shape[..^1].Concat([shape[-1] + by])
        : throw new ShapeException($"{transform}: the map takes vectors, [..., n], and gives vectors that are one longer; shape {shape} fits neither.");
}
