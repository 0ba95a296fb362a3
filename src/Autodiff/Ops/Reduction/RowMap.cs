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
