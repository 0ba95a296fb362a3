using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// Elementwise loops whose operands are whole or constant: long ones are cut into tiles that the workers share. An element's bits do not depend
/// on its tile.
/// </summary>
internal static class ElementwiseTiles
{
    // Cheap operations cost about half a nanosecond an element, waking a worker some tens of microseconds.
    private const int Tile = 1 << 15;
    private const int Minimum = 1 << 17;

    /// <summary>y = K(x).</summary>
    public static void Unary<TKernel, T>(T[] x, T[] y)
        where TKernel : struct, IUnaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (y.Length < Minimum)
        {
            ElementwiseLoop.Unary<TKernel, T>(x, y);
            return;
        }

        var job = new UnaryJob<TKernel, T>(x, y);
        Workers.Run(Count(y.Length, Tile), ref job);
    }

    /// <summary>y = K(a, b); an operand of length 1 is constant.</summary>
    public static void Binary<TKernel, T>(T[] a, T[] b, T[] y)
        where TKernel : struct, IBinaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (y.Length < Minimum)
        {
            ElementwiseLoop.Binary<TKernel, T>(a, b, y);
            return;
        }

        var job = new BinaryJob<TKernel, T>(a, b, y);
        Workers.Run(Count(y.Length, Tile), ref job);
    }

    /// <summary>The number of tiles of a given length.</summary>
    public static int Count(int length, int tile) => (int)(((long)length + tile - 1) / tile);

    private static ReadOnlySpan<T> Part<T>(T[] x, int start, int length) => x.Length == 1 ? x : x.AsSpan(start, length);

    private readonly struct UnaryJob<TKernel, T>(T[] x, T[] y) : ITileJob
        where TKernel : struct, IUnaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Execute(int tile)
        {
            int start = tile * Tile, length = Math.Min(Tile, y.Length - start);
            ElementwiseLoop.Unary<TKernel, T>(x.AsSpan(start, length), y.AsSpan(start, length));
        }
    }

    private readonly struct BinaryJob<TKernel, T>(T[] a, T[] b, T[] y) : ITileJob
        where TKernel : struct, IBinaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Execute(int tile)
        {
            int start = tile * Tile, length = Math.Min(Tile, y.Length - start);
            ElementwiseLoop.Binary<TKernel, T>(Part(a, start, length), Part(b, start, length), y.AsSpan(start, length));
        }
    }
}
