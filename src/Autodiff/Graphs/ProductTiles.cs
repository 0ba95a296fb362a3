using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A product of two matrices, such as a weight's gradient, in tiles.</summary>
/// <param name="a">The left operand.</param>
/// <param name="b">The right operand.</param>
/// <param name="c">The result.</param>
/// <param name="scratch">Memory for partial products, where the shape needs some.</param>
/// <param name="m">Rows of the result.</param>
/// <param name="n">Columns of the result.</param>
/// <param name="k">Depth.</param>
/// <param name="transposeLeft">Whether the left operand is stored [k, m].</param>
/// <param name="transposeRight">Whether the right operand is stored [n, k].</param>
internal sealed unsafe class ProductTiles<T>(
    Location a, Location b, Location c, Location scratch, int m, int n, int k, bool transposeLeft, bool transposeRight) : TileStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MatMulTask<T> _shape = new(transposeLeft, transposeRight, m, n, k, null, null, null, accumulate: false, null, isNew: false);

    public override int Tiles => _shape.Tiles;

    public override TileStep? Before => _shape.Packs == 0 ? null : new Packing(this);

    public override void Begin(Execution execution) => Task(execution, isNew: true);

    public override void Run(Execution execution, int tile) => Task(execution, isNew: false).Execute(tile);

    private MatMulTask<T> Task(Execution execution, bool isNew) => new(
        transposeLeft, transposeRight, m, n, k, (T*)execution.Address(a), (T*)execution.Address(b), (T*)execution.Address(c), accumulate: false,
        (T*)execution.Address(scratch), isNew);

    /// <summary>Brings an operand into the order of the kernel, once for all tiles.</summary>
    private sealed class Packing(ProductTiles<T> product) : TileStep
    {
        public override int Tiles => product._shape.Packs;

        public override void Run(Execution execution, int tile) => product.Task(execution, isNew: false).Pack(tile);
    }
}
