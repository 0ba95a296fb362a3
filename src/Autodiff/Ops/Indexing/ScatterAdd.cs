using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>Adds source elements to x where the index says; several may meet. dx = dy, d source = the gathered dy.</summary>
internal sealed class ScatterAdd(int axis) : ScatterOp(axis)
{
    public override TensorType Infer(Tensor[] inputs) => inputs[0].DType != DType.Bool
        ? base.Infer(inputs)
        : throw new DTypeException($"ScatterAdd: the tensor is Bool {inputs[0].Shape}, and truth values do not add; use Cast(DType.Int64).");

    public override LoweredOp? ToKernels(IReadOnlyList<TensorType> inputs, TensorType output)
    {
        // An index that is shorter than the tensor in the other axes goes through the host.
        Shape index = inputs[1].Shape;
        if (index.With(Axis, output.Shape[Axis]) != output.Shape)
        {
            return null;
        }

        var kernels = new Lowering(Name, inputs, output);
        (int outer, int length, int inner) = output.Shape.Around(output.Shape.Rank + Axis);
        if (output.Shape.Size > 0)
        {
            int positions = Indices.Lower(kernels, 1, length);
            kernels.Call(
                new ScatterAddKernel(Name, output.DType, inputs[1].DType, outer, length, inner, index[Axis], IsElementwise: true), 0, positions, 2, kernels.Result);
        }

        return kernels.Done();
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => index switch
    {
        0 => dy,
        1 => null,
        _ => new Gather(Axis).Apply(dy, inputs[1]),
    };

    protected override void Change(Array y, ReadOnlySpan<int> offsets, Array source)
    {
        switch (y)
        {
            case float[] to: Add(to, offsets, (float[])source); break;
            case double[] to: Add(to, offsets, (double[])source); break;
            case int[] to: Add(to, offsets, (int[])source); break;
            case long[] to: Add(to, offsets, (long[])source); break;
        }
    }

    private static void Add<T>(T[] y, ReadOnlySpan<int> offsets, T[] source) where T : INumberBase<T>
    {
        for (int i = 0; i < offsets.Length; i++)
        {
            y[offsets[i]] += source[i];
        }
    }
}
