using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>The product of rows by a matrix that a <see cref="PackStep{T}"/> has packed.</summary>
/// <param name="a">The rows, <paramref name="each"/> times k elements each.</param>
/// <param name="packed">The matrix, packed.</param>
/// <param name="c">The result, <paramref name="each"/> times n elements a row.</param>
/// <param name="each">Rows of the product in one row of the stage.</param>
/// <param name="n">Columns of the result.</param>
/// <param name="k">Depth.</param>
internal sealed unsafe class PackedProductStep<T>(Location a, Location packed, Location c, int each, int n, int k) : RowStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Run(byte** segments, int row, int rows)
    {
        nint start = (nint)row * each;
        MatMulKernel.RunPacked(
            rows * each, n, k,
            (T*)(segments[a.Segment] + a.Offset) + (start * k), (T*)(segments[packed.Segment] + packed.Offset),
            (T*)(segments[c.Segment] + c.Offset) + (start * n), accumulate: false);
    }
}
