using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>How shapes of batches are written in errors and listings.</summary>
internal static class ShapeText
{
    /// <summary>[n, 3, 4] for examples of shape [3, 4].</summary>
    public static string Batch(Shape example) => $"[{string.Join(", ", example.Select(length => $"{length}").Prepend("n"))}]";
}
