using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// Large products shared among threads (Goto and van de Geijn 2008): a block of B that fills half of the second-level cache is packed by all threads,
/// then the tiles of rows that it is multiplied with are shared out. The rows of A are packed when the first block of B meets them.
/// </summary>
internal static unsafe class MatMulPacked
{
    /// <summary>Rows of a tile of C at most.</summary>
    private const int MostRows = 144;

    private const int LeastRows = 36;

    /// <summary>Tiles from which threads are kept evenly busy.</summary>
    private const int EnoughTiles = 8;

    /// <summary>C = A·B, or C += A·B, for operands of any strides; the rows of C are contiguous.</summary>
    public static void Run<V, T>(MatrixView<T> a, MatrixView<T> b, T* c, int m, int n, int k, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int block = MatMulBlocks.Depth<T>(k), width = MatMulSerial.ColumnBlock<T>();
        T* packed = PackBuffer<T>.Right.Reserve(MatMulPacking.RightLength<V, T>(Math.Min(n, width), Math.Min(k, block)));
        T* packedLeft = PackBuffer<T>.Left.Reserve((nint)Math.Min(m, MatMulSerial.RowBlock) * Math.Min(k, block));
        for (int p = 0; p < k; p += block)
        {
            int depth = Math.Min(block, k - p);
            for (int i = 0; i < m; i += MatMulSerial.RowBlock)
            {
                int rows = Math.Min(MatMulSerial.RowBlock, m - i);
                for (int j = 0; j < n; j += width)
                {
                    int columns = Math.Min(width, n - j);
                    var pack = new PackJob<V, T>(b.From(p, j), packed, columns, depth);
                    Workers.Run(pack.Tiles, ref pack);
                    var multiply = new MultiplyJob<V, T>(
                        j == 0 ? a.From(i, p) : default, packedLeft, RightPanels<T>.Packed<V>(packed, columns, depth), c + ((nint)i * n) + j, n,
                        rows, depth, accumulate || p > 0);
                    Workers.Run(multiply.Tiles, ref multiply);
                }
            }
        }
    }

    /// <summary>A tile is some panels of B.</summary>
    private readonly struct PackJob<V, T>(MatrixView<T> b, T* packed, int n, int depth) : ITileJob
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private const int PanelsPerTile = 4;

        private readonly int _panels = RightPanels<T>.Packed<V>(packed, n, depth).Count;

        public int Tiles => (_panels + PanelsPerTile - 1) / PanelsPerTile;

        public void Execute(int tile) => MatMulPacking.Right<V, T>(
            b, packed, n, depth, tile * PanelsPerTile, Math.Min((tile + 1) * PanelsPerTile, _panels));
    }

    /// <summary>A tile is some rows by all columns of the block; <paramref name="a"/> is empty when its rows are packed.</summary>
    private readonly struct MultiplyJob<V, T>(
        MatrixView<T> a, T* packed, RightPanels<T> b, T* c, nint stride, int m, int depth, bool accumulate) : ITileJob
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int _rows = Math.Clamp(
            (((m + EnoughTiles - 1) / EnoughTiles) + MatMulTile.Rows<V>() - 1) / MatMulTile.Rows<V>() * MatMulTile.Rows<V>(), LeastRows, MostRows);

        public int Tiles => (m + _rows - 1) / _rows;

        public void Execute(int tile)
        {
            int row = tile * _rows;
            MatMulBlocks.MultiplyPacked<V, T>(
                a.Start == null ? a : a.From(row, 0), packed + ((nint)row * depth), b, c + (row * stride), stride, Math.Min(_rows, m - row), depth, accumulate);
        }
    }
}
