using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>Brings a matrix into the order in which the kernel of products reads it.</summary>
/// <param name="b">The matrix, [k, n] or transposed.</param>
/// <param name="packed">Where it goes.</param>
/// <param name="n">Columns.</param>
/// <param name="k">Rows.</param>
/// <param name="transpose">Whether it is stored [n, k].</param>
internal sealed unsafe class PackStep<T>(Location b, Location packed, int n, int k, bool transpose) : TileStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override int Tiles { get; } = MatMulKernel.PackTiles<T>(n, k);

    public override void Run(Execution execution, int tile) =>
        MatMulKernel.PackRightTile(transpose, n, k, (T*)execution.Address(b), (T*)execution.Address(packed), tile);
}
