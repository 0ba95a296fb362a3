using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// The position of the largest or smallest element along an axis, as Int64: the first where several tie; the first NaN if there is one.
/// Not differentiable. Refuses an empty axis.
/// </summary>
internal sealed unsafe class ArgExtremum(int axis, bool largest, bool keepDims) : ReduceOp([axis], keepDims)
{
    public override string Name => largest ? "ArgMax" : "ArgMin";

    public override bool IsDifferentiable => false;

    public override TensorType Infer(Tensor[] inputs) => inputs[0].Shape[axis] > 0
        ? base.Infer(inputs)
        : throw new ShapeException($"{Name}: axis {axis} of shape {inputs[0].Shape} has no elements, so there is no position to return.");

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;

    protected override DType ResultType(Tensor x)
    {
        if (!x.DType.IsInteger())
        {
            RequireFloating(x);
        }

        return DType.Int64;
    }

    public override ReductionForm? Form(DType type, int count) => new(largest ? Reduction.ArgMax : Reduction.ArgMin);

    protected override void Reduce<T>(T* x, void* y, Extent extent) => Find(x, (long*)y, extent);

    protected override void ReduceIntegers<T>(T* x, void* y, Extent extent) => Find(x, (long*)y, extent);

    private void Find<T>(T* x, long* y, Extent extent) where T : unmanaged, INumber<T>
    {
        // Tiles of the axes before.
        const int TileElements = 1 << 14;
        var job = new Job<T>(x, y, extent, largest, Math.Max(1, TileElements / Math.Max(1, extent.Length * extent.Inner)));
        int tiles = (extent.Outer + job.Rows - 1) / job.Rows;
        if (extent.Shared && tiles > 2)
        {
            Workers.Run(tiles, ref job);
            return;
        }

        for (int tile = 0; tile < tiles; tile++)
        {
            job.Execute(tile);
        }
    }

    private readonly struct Job<T>(T* x, long* y, Extent extent, bool largest, int rows) : ITileJob where T : unmanaged, INumber<T>
    {
        public int Rows => rows;

        public void Execute(int tile)
        {
            (int outer, int length, int inner, bool _) = extent;
            long* to = y + ((nint)tile * rows * inner);
            for (int o = tile * rows, end = Math.Min(o + rows, outer); o < end; o++)
            {
                T* from = x + ((nint)o * length * inner);
                for (int i = 0; i < inner; i++)
                {
                    *to++ = Find(from + i, length, inner);
                }
            }
        }

        private int Find(T* from, int length, int inner)
        {
            int best = 0;
            T value = *from;
            for (int r = 1; r < length && !T.IsNaN(value); r++)
            {
                T candidate = from[(nint)r * inner];
                if (T.IsNaN(candidate) || (largest ? candidate > value : candidate < value))
                {
                    (value, best) = (candidate, r);
                }
            }

            return best;
        }
    }
}
