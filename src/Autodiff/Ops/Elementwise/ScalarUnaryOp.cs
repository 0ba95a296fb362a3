using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A unary operation whose function exists for one double at a time; Float32 goes through double and is rounded once.</summary>
internal abstract class ScalarUnaryOp : UnaryOp
{
    // Tens of nanoseconds an element: a tile is worth claiming, and two of them a worker.
    private const int Tile = 2048;

    public override Array Evaluate(Tensor[] inputs, TensorType type) =>
        type.DType == DType.Float32 ? Evaluate(inputs[0].Data<float>()) : Evaluate(inputs[0].Data<double>());

    /// <summary>The function of one element.</summary>
    protected abstract double Map(double x);

    private T[] Evaluate<T>(T[] x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] y = GC.AllocateUninitializedArray<T>(x.Length);
        var job = new Job<T>(this, x, y);
        Workers.Run(ElementwiseTiles.Count(y.Length, Tile), ref job);
        return y;
    }

    private readonly struct Job<T>(ScalarUnaryOp op, T[] x, T[] y) : ITileJob where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Execute(int tile)
        {
            int end = Math.Min(y.Length, (tile + 1) * Tile);
            for (int i = tile * Tile; i < end; i++)
            {
                y[i] = T.CreateTruncating(op.Map(double.CreateTruncating(x[i])));
            }
        }
    }
}
