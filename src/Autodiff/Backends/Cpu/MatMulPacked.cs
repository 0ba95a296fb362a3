using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// Large products shared among threads (Goto and van de Geijn 2008): a block of B is packed by all threads, then the tiles of C that read it
/// are shared out.
/// </summary>
internal static unsafe class MatMulPacked
{
    /// <summary>Columns of B that are packed at a time.</summary>
    private const int Columns = 4096;

    /// <summary>Rows of a tile of C.</summary>
    private const int TileRows = 144;

    /// <summary>C = A·B, or C += A·B, for operands of any strides; the rows of C are contiguous.</summary>
    public static void Run<V, T>(MatrixView<T> a, MatrixView<T> b, T* c, int m, int n, int k, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int block = MatMulBlocks.Depth<T>();
        T* packed = PackBuffer<T>.Right.Reserve(MatMulPacking.RightLength<V, T>(Math.Min(n, Columns), Math.Min(k, block)));
        for (int j = 0; j < n; j += Columns)
        {
            int columns = Math.Min(Columns, n - j);
            for (int p = 0; p < k; p += block)
            {
                int depth = Math.Min(block, k - p);
                var pack = new PackJob<V, T>(b.From(p, j), packed, columns, depth);
                Workers.Run(pack.Tiles, ref pack);
                for (int i = 0; i < m; i += MatMulSerial.RowBlock)
                {
                    int rows = Math.Min(MatMulSerial.RowBlock, m - i);
                    T* packedLeft = PackBuffer<T>.Left.Reserve((nint)rows * depth);
                    var packLeft = new PackLeftJob<V, T>(a.From(i, p), packedLeft, rows, depth);
                    Workers.Run(packLeft.Tiles, ref packLeft);
                    var multiply = new MultiplyJob<V, T>(
                        packedLeft, RightPanels<T>.Packed<V>(packed, columns, depth), c + ((nint)i * n) + j, n, rows, depth, accumulate || p > 0);
                    Workers.Run(multiply.Tiles, ref multiply);
                }
            }
        }
    }

    /// <summary>A tile is eight panels of B.</summary>
    private readonly struct PackJob<V, T>(MatrixView<T> b, T* packed, int n, int depth) : ITileJob
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private const int PanelsPerTile = 8;

        private readonly int _panels = RightPanels<T>.Packed<V>(packed, n, depth).Count;

        public int Tiles => (_panels + PanelsPerTile - 1) / PanelsPerTile;

        public void Execute(int tile) => MatMulPacking.Right<V, T>(
            b, packed, n, depth, tile * PanelsPerTile, Math.Min((tile + 1) * PanelsPerTile, _panels));
    }

    /// <summary>A tile is the rows of one of <see cref="MultiplyJob{V, T}"/>.</summary>
    private readonly struct PackLeftJob<V, T>(MatrixView<T> a, T* packed, int m, int depth) : ITileJob
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public int Tiles => (m + TileRows - 1) / TileRows;

        public void Execute(int tile)
        {
            int row = tile * TileRows;
            MatMulBlocks.PackLeft<V, T>(a.From(row, 0), packed + ((nint)row * depth), Math.Min(TileRows, m - row), depth);
        }
    }

    /// <summary>A tile is some rows by as many columns as the second-level cache holds of a block of B.</summary>
    private readonly struct MultiplyJob<V, T>(T* a, RightPanels<T> b, T* c, nint stride, int m, int depth, bool accumulate) : ITileJob
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int _panels = Math.Min(b.Count, MatMulSerial.ColumnBlock<T>() / (2 * V.Count));

        public int Tiles => RowTiles * ((b.Count + _panels - 1) / _panels);

        private int RowTiles => (m + TileRows - 1) / TileRows;

        public void Execute(int tile)
        {
            int row = tile % RowTiles * TileRows, panel = tile / RowTiles * _panels;
            MatMulBlocks.MultiplyPacked<V, T>(
                a + ((nint)row * depth), b.From<V>(0, panel, Math.Min(_panels, b.Count - panel)),
                c + (row * stride) + (panel * 2 * V.Count), stride, Math.Min(TileRows, m - row), depth, accumulate);
        }
    }
}
