namespace ProbNet.Autodiff;

/// <summary>How a product is cut into tiles: rectangles of C, or slices of the depth where C is small. The shape alone decides.</summary>
internal readonly struct MatMulTiling
{
    /// <summary>Multiply-adds that a tile should have: some microseconds, so that handing it out does not matter.</summary>
    private const long TileWork = 1 << 19;

    /// <summary>Tiles from which two or four threads are kept evenly busy.</summary>
    private const int EnoughTiles = 8;

    private const int ColumnsOfTile = 384;

    /// <summary>Elements of a B that does not stay in the second-level cache between two of its uses.</summary>
    private const long ElementsThatPayColumns = 1 << 16;

    /// <summary>Rows up to which a packed A stays in the second-level cache beside a block of B.</summary>
    private const int RowsThatPayColumns = 192;

    /// <summary>Rows up to which each thread packs its own columns of B; what another core has packed comes slowly from there.</summary>
    private const int MostRowsOfColumns = 512;

    /// <summary>Elements of an A that all tiles read, up to which that is cheap.</summary>
    private const long MostLeft = 1 << 18;

    /// <summary>Elements of an A beyond which no copy of it is made.</summary>
    private const long MostPackedLeft = 1 << 21;

    /// <summary>Rows from which it pays to pack them, and B block by block; fewer read B where it lies.</summary>
    private const int RowsThatPayPacking = 24;

    /// <summary>Columns that each of several tiles should have at least.</summary>
    private const int ColumnsThatPay = 128;

    private const int LeastParts = 4;

    /// <summary>Elements of a B that is packed once for all tiles: fewer are not worth the wait for it, more do not stay in the second-level cache.</summary>
    private const long LeastPacked = 1 << 14;

    private const long MostPacked = 1 << 17;

    private const int TilesThatPayPacking = 3;

    /// <summary>Tiles beyond which a product is not cut: each tile reads its operands anew.</summary>
    private const int MostTiles = 16;

    private const int RowUnit = 12;
    private const int ColumnUnit = 32;
    private const int DepthUnit = 64;

    private readonly int _rows;
    private readonly int _columns;
    private readonly int _depth;
    private readonly bool _isByColumns;

    public MatMulTiling(int m, int n, int k, bool cutDepth = true)
    {
        (M, N, K) = (m, n, k);
        long work = (long)m * n * k;
        int wanted = (int)Math.Clamp(work / TileWork, 1, MostTiles);

        if (CutsColumnsOnly(m, n, k) || (m is > 0 and <= MostRowsOfColumns && (long)m * k <= MostLeft && IsWide(n, k)))
        {
            // An even number: two threads get as much as each other. Four at least, so that one thread that is held up does not hold up half of the work.
            int parts = Math.Clamp(Math.Min(wanted, Math.Max(n / ColumnsThatPay, LeastParts)), 1, EnoughTiles);
            (_isByColumns, IsLeftPacked, _depth) = (true, m >= RowsThatPayPacking, k);
            (Slices, Tiles) = (1, parts > 1 ? parts + (parts % 2) : 1);
            return;
        }

        (int rowTiles, int columnTiles) = Cut(m, n, wanted);
        _rows = Share(m, rowTiles, RowUnit);
        _columns = Share(n, columnTiles, ColumnUnit);
        int tiles = Count(m, _rows) * Count(n, _columns);
        int slices = wanted / Math.Max(1, tiles);
        if (cutDepth && tiles < EnoughTiles && slices >= 2 && (long)m * n * 16 <= work / slices)
        {
            (_rows, _columns) = (m, n);
            _depth = Share(k, wanted, DepthUnit);
        }
        else
        {
            _depth = Math.Max(1, k);
        }

        if (_depth >= k && PacksRight(m, n, k, wanted))
        {
            (IsRightPacked, _columns) = (true, n);
            _rows = Share(m, Math.Min(wanted, m / (2 * RowUnit)), RowUnit);
        }

        Slices = Math.Max(1, Count(k, _depth));
        Tiles = Slices > 1 ? Slices : Count(m, _rows) * Count(n, _columns);
    }

    /// <summary>Whether a product of few rows by a large matrix is cut into columns alone: tiles of rows would each read all of the matrix.</summary>
    public static bool CutsColumnsOnly(int rows, int columns, int depth) =>
        rows is > 0 and <= RowsThatPayColumns && (long)rows * depth <= MostPackedLeft && IsWide(columns, depth);

    /// <summary>Whether all tiles are rows by the same B, which is packed once for all of them.</summary>
    public bool IsRightPacked { get; }

    /// <summary>Whether every tile multiplies all of A, which is packed once for all of them.</summary>
    public bool IsLeftPacked { get; }

    public int M { get; }

    public int N { get; }

    public int K { get; }

    public int Tiles { get; }

    /// <summary>Slices of the depth; 1 if it is not cut.</summary>
    public int Slices { get; }

    public (int Row, int Rows, int Column, int Columns) Rectangle(int tile)
    {
        if (_isByColumns)
        {
            int units = Count(N, ColumnUnit);
            int first = (int)((long)units * tile / Tiles) * ColumnUnit, end = Math.Min(N, (int)((long)units * (tile + 1) / Tiles) * ColumnUnit);
            return (0, M, first, end - first);
        }

        int columnTiles = Count(N, _columns), row = tile / columnTiles * _rows, column = tile % columnTiles * _columns;
        return (row, Math.Min(_rows, M - row), column, Math.Min(_columns, N - column));
    }

    public (int From, int Depth) Slice(int tile) => (tile * _depth, Math.Min(_depth, K - (tile * _depth)));

    /// <summary>Columns are cut as far as a block of B is meant to be wide, then rows; slivers of a few rows would read B for nothing.</summary>
    private static (int Rows, int Columns) Cut(int m, int n, int wanted)
    {
        int columns = Math.Max(1, (n + ColumnsOfTile - 1) / ColumnsOfTile);
        int rows = Math.Clamp((wanted + columns - 1) / columns, 1, Math.Max(1, m / (2 * RowUnit)));
        return columns * rows < Math.Min(wanted, EnoughTiles)
            ? (rows, Math.Clamp((Math.Min(wanted, EnoughTiles) + rows - 1) / rows, 1, Math.Max(1, n / (2 * ColumnUnit))))
            : (rows, columns);
    }

    private static bool IsWide(int columns, int depth) => columns >= 2 * ColumnsThatPay && (long)columns * depth >= ElementsThatPayColumns;

    private static bool PacksRight(int m, int n, int k, int wanted) =>
        Math.Min(wanted, m / (2 * RowUnit)) >= TilesThatPayPacking && n >= 2 * ColumnUnit && (long)n * k is >= LeastPacked and <= MostPacked;

    private static int Share(int length, int parts, int unit) =>
        Math.Max(1, Math.Min(length, (((length + parts - 1) / parts) + unit - 1) / unit * unit));

    private static int Count(int length, int part) => (int)(((long)length + part - 1) / part);
}
