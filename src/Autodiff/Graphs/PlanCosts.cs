namespace ProbNet.Autodiff;

/// <summary>Rough estimates that decide how a plan is cut: they depend on the problem alone, so that the cuts do not depend on the machine.</summary>
internal static class PlanCosts
{
    // Elements of a tile of elementwise work: enough to forget the cost of claiming it.
    private const int TileElements = 1 << 14;

    // A smaller matrix stays in the first-level cache.
    private const int ElementsThatPayPacking = 1 << 14;

    // Tiles from which packing a matrix whose rows are read in place otherwise pays.
    private const int TilesThatPayPacking = 4;

    // Fewer rows than this are not shared out.
    private const int MostRowsOfOneThread = 64;

    // With so many tiles, two threads are kept evenly busy.
    private const int EnoughTiles = 16;

    /// <summary>The estimated time of a node on one thread.</summary>
    public static double Nanoseconds(GraphNode node) => node.Op switch
    {
        MatMul product => 2.0 * node.Shape.Size * node.Inputs[0].Shape[product.TransposeLeft ? -2 : -1] / 60,
        Reshape => 0,
        _ => 0.3 * Math.Max(node.Shape.Size, node.Inputs.Length == 0 ? 0 : node.Inputs.Max(input => input.Shape.Size)),
    };

    /// <summary>Whether a matrix that tiles of rows multiply by is packed once for all of them; a transposed one has to be packed in any case.</summary>
    public static bool PaysPacking(int elements, bool isTransposed, int tiles) =>
        elements >= ElementsThatPayPacking && tiles > (isTransposed ? 1 : TilesThatPayPacking);

    /// <summary>Rows of a tile: with products enough for their kernels, while a tile's values stay in the second-level cache.</summary>
    public static int TileRows(int rows, int widest, bool hasProducts)
    {
        if (hasProducts)
        {
            return rows <= MostRowsOfOneThread ? 32 : Even(rows, rows < 128 ? 32 : 64, unit: 4);
        }

        return widest <= TileElements / 16 ? Even(rows, TileElements / widest / 16 * 16, unit: widest > TileElements / 256 ? 4 : 16)
            : Even(rows, Math.Max(1, TileElements / widest), unit: 1);
    }

    /// <summary>
    /// As many rows, or up to half of them less, so that two threads get about as much as each other: a hundred rows in tiles of 64 would leave one of them idle for half of
    /// the time.
    /// </summary>
    private static int Even(int rows, int most, int unit)
    {
        int best = most;
        for (int each = most - unit; each >= Math.Max(unit, most / 2) && rows <= EnoughTiles * most; each -= unit)
        {
            best = Longest(rows, each) < 0.95 * Longest(rows, best) ? each : best;
        }

        return best;
    }

    /// <summary>The rows of the thread that has more to do, of two that claim tiles in turn.</summary>
    private static int Longest(int rows, int each)
    {
        int whole = rows / each, half = whole / 2 * each;
        return whole % 2 == 0 ? half + (rows % each) : half + each;
    }
}
