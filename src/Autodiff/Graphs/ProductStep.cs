using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>The product of rows by one matrix.</summary>
/// <param name="a">The rows, <paramref name="each"/> times k elements each.</param>
/// <param name="b">The matrix, [k, n] or transposed.</param>
/// <param name="c">The result, <paramref name="each"/> times n elements a row.</param>
/// <param name="each">Rows of the product in one row of the stage.</param>
/// <param name="n">Columns of the result.</param>
/// <param name="k">Depth.</param>
/// <param name="transposeRight">Whether the matrix is stored [n, k].</param>
internal sealed unsafe class ProductStep<T>(Location a, Location b, Location c, int each, int n, int k, bool transposeRight) : RowStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Run(byte** segments, int row, int rows)
    {
        nint start = (nint)row * each;
        MatMulKernel.RunSerial(
            false, transposeRight, rows * each, n, k,
            (T*)(segments[a.Segment] + a.Offset) + (start * k), (T*)(segments[b.Segment] + b.Offset), (T*)(segments[c.Segment] + c.Offset) + (start * n),
            accumulate: false);
    }
}
