using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// C = op(A)·op(B), or C += op(A)·op(B), cut into tiles that may run in any order on any threads, also among tiles of other work. The tiles
/// depend on the shape alone, and each element is summed in a fixed order, so the bits are the same however the tiles are shared out. Where C is
/// too small to be cut, the depth is: the slices leave partial products in a scratch, and the tile that ends last adds them up, in their order. Where
/// all tiles read all of A, or all of B, that operand has been packed into the scratch before, in parts: see <see cref="Packs"/>.
/// Made anew for each run; copies share their progress through the scratch.
/// </summary>
internal readonly unsafe struct MatMulTask<T> : ITileJob
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A whole number of the kernel's blocks of rows, of any register's width.</summary>
    private const int RowsOfPack = 36;

    private readonly MatMulTiling _tiling;
    private readonly bool _transposeA;
    private readonly bool _transposeB;
    private readonly bool _accumulate;
    private readonly T* _a;
    private readonly T* _b;
    private readonly T* _c;
    private readonly T* _scratch;

    /// <summary>One product; <paramref name="scratch"/> holds <see cref="ScratchLength"/> elements until the last tile has run. It is
    /// prepared by a task that is new; one that is not runs tiles of a task that was made before.</summary>
    public MatMulTask(bool transposeA, bool transposeB, int m, int n, int k, T* a, T* b, T* c, bool accumulate, T* scratch, bool isNew = true, bool cutDepth = true)
    {
        _tiling = new(m, n, k, cutDepth);
        _transposeA = transposeA;
        _transposeB = transposeB;
        _accumulate = accumulate;
        _a = a;
        _b = b;
        _c = c;
        _scratch = scratch;
        if (isNew && _tiling.Slices > 1)
        {
            *(long*)scratch = 0;
        }
    }

    /// <summary>How many tiles there are; 0 for an empty result.</summary>
    public int Tiles => _tiling.Tiles;

    /// <summary>In how many parts an operand is packed, in any order on any threads, before the first tile runs; 0 if none is.</summary>
    public int Packs => _tiling.IsLeftPacked ? (_tiling.M + RowsOfPack - 1) / RowsOfPack
        : _tiling.IsRightPacked ? MatMulKernel.PackTiles<T>(_tiling.N, _tiling.K)
        : 0;

    /// <summary>The elements of scratch that a product of this shape needs: 0 unless the depth is cut, or an operand packed.</summary>
    public static int ScratchLength(int m, int n, int k, bool cutDepth = true)
    {
        var tiling = new MatMulTiling(m, n, k, cutDepth);
        return tiling.IsLeftPacked ? m * k
            : tiling.IsRightPacked ? (int)MatMulKernel.PackedLength<T>(n, k)
            : tiling.Slices > 1 ? (sizeof(long) / sizeof(T)) + (tiling.Slices * m * n)
            : 0;
    }

    /// <summary>Packs one part of the operand, on the calling thread.</summary>
    public void Pack(int part)
    {
        if (Simd.Use512)
        {
            Pack<Lanes512<T>>(part);
        }
        else if (Simd.Use256)
        {
            Pack<Lanes256<T>>(part);
        }
        else
        {
            Pack<Lanes128<T>>(part);
        }
    }

    /// <summary>Runs one tile, on the calling thread.</summary>
    public void Execute(int tile)
    {
        if (Simd.Use512)
        {
            Execute<Lanes512<T>>(tile);
        }
        else if (Simd.Use256)
        {
            Execute<Lanes256<T>>(tile);
        }
        else
        {
            Execute<Lanes128<T>>(tile);
        }
    }

    /// <summary>As <see cref="Pack(int)"/>, with registers of a given width.</summary>
    internal void Pack<V>(int part)
        where V : unmanaged, ILanes<V, T>
    {
        if (_tiling.IsRightPacked)
        {
            MatMulKernel.PackTile<V, T>(MatMulKernel.View(_transposeB, _tiling.K, _tiling.N, _b), _scratch, _tiling.N, _tiling.K, part);
            return;
        }

        int from = part * RowsOfPack, to = Math.Min(_tiling.M, from + RowsOfPack);
        MatMulBlocks.PackLeft<V, T>(MatMulKernel.View(_transposeA, _tiling.M, _tiling.K, _a), _scratch, _tiling.M, _tiling.K, from, to);
    }

    /// <summary>As <see cref="Execute(int)"/>, with registers of a given width.</summary>
    internal void Execute<V>(int tile)
        where V : unmanaged, ILanes<V, T>
    {
        (int m, int n, int k) = (_tiling.M, _tiling.N, _tiling.K);
        MatrixView<T> a = MatMulKernel.View(_transposeA, m, k, _a), b = MatMulKernel.View(_transposeB, k, n, _b);
        if (_tiling.Slices > 1)
        {
            T* partial = _scratch + (sizeof(long) / sizeof(T));
            (int from, int depth) = _tiling.Slice(tile);
            MatMulSerial.Run<V, T>(a.From(0, from), b.From(from, 0), partial + ((nint)tile * m * n), n, m, n, depth, false);
            if (Interlocked.Increment(ref *(int*)_scratch) == _tiling.Slices)
            {
                AddUp<V>(partial, m * n);
            }

            return;
        }

        (int row, int rows, int column, int columns) = _tiling.Rectangle(tile);
        if (_tiling.IsLeftPacked)
        {
            MatMulSerial.RunPackedLeft<V, T>(_scratch, b.From(0, column), _c + column, n, m, columns, k, _accumulate);
            return;
        }

        if (_tiling.IsRightPacked)
        {
            MatMulBlocks.Multiply<V, T>(a.From(row, 0), RightPanels<T>.Packed<V>(_scratch, n, k), _c + ((nint)row * n), n, rows, k, _accumulate);
            return;
        }

        MatMulKernel.RunRectangle<V, T>(
            a.From(row, 0), b.From(0, column), _c + ((nint)row * n) + column, n, rows, columns, k, _accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddUp<V>(T* partial, int length)
        where V : unmanaged, ILanes<V, T>
    {
        for (int i = 0; i < length; i += V.Count)
        {
            int lanes = Math.Min(V.Count, length - i);
            V sum = _accumulate ? V.LoadPart(_c + i, lanes) : V.Zero;
            for (int slice = 0; slice < _tiling.Slices; slice++)
            {
                sum += V.LoadPart(partial + ((nint)slice * length) + i, lanes);
            }

            sum.StorePart(_c + i, lanes);
        }
    }
}
