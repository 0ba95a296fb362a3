namespace ProbNet.Autodiff;

/// <summary>Rough estimates that decide how a plan is cut: they depend on the problem alone, so that the cuts do not depend on the machine.</summary>
internal static class PlanCosts
{
    // Elements of a tile of elementwise work: enough to forget the cost of claiming it.
    private const int TileElements = 1 << 14;

    /// <summary>Elements of a matrix from which packing it once, for all tiles of rows, pays.</summary>
    public const int ElementsThatPayPacking = 1 << 14;

    /// <summary>The estimated time of a node on one thread.</summary>
    public static double Nanoseconds(GraphNode node) => node.Op switch
    {
        MatMul product => 2.0 * node.Shape.Size * node.Inputs[0].Shape[product.TransposeLeft ? -2 : -1] / 60,
        Reshape => 0,
        _ => 0.3 * Math.Max(node.Shape.Size, node.Inputs.Length == 0 ? 0 : node.Inputs.Max(input => input.Shape.Size)),
    };

    /// <summary>Rows of a tile: with products enough for their kernels, while a tile's values stay in the second-level cache.</summary>
    public static int TileRows(int rows, int widest, bool hasProducts) => hasProducts
        ? rows < 256 ? 32 : 64
        : Math.Max(16, TileElements / widest / 16 * 16);
}
