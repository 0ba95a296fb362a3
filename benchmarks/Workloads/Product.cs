namespace ProbNet.Benchmarks;

/// <summary>A matrix product of the forward pass of a workload, [rows, inner]·[inner, columns], whose right factor is trained.</summary>
/// <param name="Rows">Rows of the left factor: the batch.</param>
/// <param name="Inner">Features that go in.</param>
/// <param name="Columns">Features that come out.</param>
/// <param name="NeedsInputGradient">Whether the backward pass asks for the gradient of the left factor; not for the data.</param>
public readonly record struct Product(int Rows, int Inner, int Columns, bool NeedsInputGradient)
{
    /// <summary>Floating-point operations of the forward product and of the one or two products that its gradients take.</summary>
    public long Operations => (NeedsInputGradient ? 3 : 2) * 2L * Rows * Inner * Columns;

    /// <summary>The products of a chain of dense layers.</summary>
    /// <param name="rows">The batch.</param>
    /// <param name="needsInputGradient">Whether the input of the first layer needs a gradient.</param>
    /// <param name="widths">Features in, then those out of each layer.</param>
    public static IEnumerable<Product> Chain(int rows, bool needsInputGradient, params int[] widths) =>
        Enumerable.Range(0, widths.Length - 1).Select(i => new Product(rows, widths[i], widths[i + 1], needsInputGradient || i > 0));
}
