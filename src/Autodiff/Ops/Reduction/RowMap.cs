using System.Numerics;
using System.Runtime.InteropServices;

namespace ProbNet.Autodiff;

/// <summary>An operation on each row, the last axis: a row of the same length is its result, or one element.</summary>
internal abstract unsafe class RowMap : Op, IRowOp
{
    public override TensorType Infer(Tensor[] inputs) => new(inputs[0].Shape, RequireFloating(inputs[0]));

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        Tensor x = inputs[0];
        int columns = x.Shape[-1], rows = Reduces ? result.Length : result.Length / Math.Max(1, columns);
        fixed (byte* from = &MemoryMarshal.GetArrayDataReference(x.RawData), to = &MemoryMarshal.GetArrayDataReference(result))
        {
            Run(x.DType, from, to, rows, columns, shared: true);
        }
    }

    public override RowKernel? Rows(TensorType input) => new RowOpKernel(this, input.DType, input.Shape[-1], Reduces ? 1 : input.Shape[-1]);

    public void RunRows(DType dtype, void* x, void* y, int rows, int columns) => Run(dtype, x, y, rows, columns, shared: false);

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    /// <summary>A tensor as rows.</summary>
    protected static Extent RowExtent(Shape shape) => new(shape.Size / Math.Max(1, shape[-1]), shape[-1], 1, Shared: false);

    /// <summary>The rows, and log Σ eˣ of each with the number of its elements at +∞, through a program of the three.</summary>
    protected LoweredOp LowerShares(IReadOnlyList<TensorType> inputs, TensorType output, KernelProgram program)
    {
        var kernels = new Lowering(Name, inputs, output);
        Shape shape = output.Shape;
        Extent extent = RowExtent(shape);
        var column = new TensorType(shape.With(-1, 1), output.DType);
        int total = kernels.Temporary(column), infinite = kernels.Temporary(column);
        if (shape.Size > 0)
        {
            kernels.Call(
                new ReduceKernel(
                    Name, Programs.WithInfinities(output.DType), [extent.Outer, extent.Length], 1, 1, [new View(0, [extent.Length, 1])],
                    [Reduction.LogSumExp, Reduction.Sum], [], KernelProgram.Copy(output.DType, output.DType), [], [new View(0, [1]), new View(0, [1])]),
                0, total, infinite);
            Layout repeated = Layout.Of(column.Shape).BroadcastTo(shape);
            kernels.Map(program, shape, [(0, Layout.Of(shape)), (total, repeated), (infinite, repeated)], [(kernels.Result, Layout.Of(shape))]);
        }

        return kernels.Done();
    }

    /// <summary>Whether a row becomes one element.</summary>
    protected virtual bool Reduces => false;

    protected abstract void Map<T>(T* x, T* y, int rows, int columns, bool shared) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private void Run(DType dtype, void* x, void* y, int rows, int columns, bool shared)
    {
        if (dtype == DType.Float32)
        {
            Map((float*)x, (float*)y, rows, columns, shared);
        }
        else
        {
            Map((double*)x, (double*)y, rows, columns, shared);
        }
    }
}
