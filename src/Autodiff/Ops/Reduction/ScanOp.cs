using System.Numerics;
using System.Runtime.InteropServices;

namespace ProbNet.Autodiff;

/// <summary>A running reduction along an axis: each element of the result takes in all up to its own place; from the end, if reversed.</summary>
internal abstract unsafe class ScanOp(int axis, bool reverse) : Op, IRowOp
{
    /// <summary>The axis, counted from the end.</summary>
    protected int Axis => axis;

    /// <summary>Whether the scan runs from the end.</summary>
    protected bool Reverse => reverse;

    public override TensorType Infer(Tensor[] inputs) => new(inputs[0].Shape, RequireFloating(inputs[0]));

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        Tensor x = inputs[0];
        (int outer, int length, int inner) = x.Shape.Around(x.Rank + axis);
        fixed (byte* from = &MemoryMarshal.GetArrayDataReference(x.RawData), to = &MemoryMarshal.GetArrayDataReference(result))
        {
            Run(x.DType, from, to, new(outer, length, inner, Shared: true));
        }
    }

    public override LoweredOp? ToKernels(IReadOnlyList<TensorType> inputs, TensorType output)
    {
        var kernels = new Lowering(Name, inputs, output);
        (int outer, int length, int inner) = output.Shape.Around(output.Shape.Rank + axis);
        if (output.Shape.Size > 0)
        {
            kernels.Call(new ScanKernel(Name, Kind, output.DType, outer, length, inner, reverse), 0, kernels.Result);
        }

        return kernels.Done();
    }

    public override RowKernel? Rows(TensorType input) => axis == -1 ? new RowOpKernel(this, input.DType, input.Shape[-1], input.Shape[-1]) : null;

    public void RunRows(DType dtype, void* x, void* y, int rows, int columns) => Run(dtype, x, y, new(rows, columns, 1, Shared: false));

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    /// <summary>What runs.</summary>
    protected abstract Reduction Kind { get; }

    /// <summary>The scan over the middle axis.</summary>
    protected abstract void Scan<T>(T* x, T* y, Extent extent) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <inheritdoc cref="Scan{T}"/>
    protected virtual void ScanIntegers<T>(T* x, T* y, Extent extent) where T : unmanaged, IBinaryInteger<T> =>
        throw new DTypeException($"{Name}: {DTypeExtensions.Of<T>()} is not a type that it takes.");

    /// <summary>Runs a step from each slice along the axis to the next.</summary>
    protected void Run<T, TStep>(T* x, T* y, Extent extent)
        where T : unmanaged
        where TStep : struct, IScanStep<T>
    {
        (int outer, int length, int inner, bool _) = extent;
        nint slice = (nint)length * inner, first = reverse ? slice - inner : 0, step = reverse ? -inner : inner;
        for (int o = 0; length > 0 && o < outer; o++, x += slice, y += slice)
        {
            for (nint i = first; i < first + inner; i++)
            {
                TStep state = default;
                nint at = i;
                for (int r = 0; r < length; r++, at += step)
                {
                    y[at] = state.Next(x[at]);
                }
            }
        }
    }

    private void Run(DType dtype, void* x, void* y, Extent extent)
    {
        switch (dtype)
        {
            case DType.Float32: Scan((float*)x, (float*)y, extent); break;
            case DType.Float64: Scan((double*)x, (double*)y, extent); break;
            case DType.Int32: ScanIntegers((int*)x, (int*)y, extent); break;
            default: ScanIntegers((long*)x, (long*)y, extent); break;
        }
    }
}
