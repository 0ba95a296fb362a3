using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// The order that sorts an axis, as Int64; equal elements keep theirs. NaN counts as larger than all numbers. Not differentiable.
/// </summary>
internal sealed class ArgSort(int axis, bool descending) : Op
{
    public override bool IsDifferentiable => false;

    public override TensorType Infer(Tensor[] inputs)
    {
        if (!inputs[0].DType.IsInteger())
        {
            RequireFloating(inputs[0]);
        }

        return new(inputs[0].Shape, DType.Int64);
    }

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        long[] order = (long[])result;
        (int _, int length, int inner) = inputs[0].Shape.Around(inputs[0].Rank + axis);
        switch (inputs[0].RawData)
        {
            case float[] x: Order(x, order, length, inner, static value => -value); break;
            case double[] x: Order(x, order, length, inner, static value => -value); break;
            case int[] x: Order(x, order, length, inner, static value => ~value); break;
            default: Order(inputs[0].Data<long>(), order, length, inner, static value => ~value); break;
        }
    }

    public override LoweredOp? ToKernels(IReadOnlyList<TensorType> inputs, TensorType output)
    {
        var kernels = new Lowering(Name, inputs, output);
        (int outer, int length, int inner) = output.Shape.Around(output.Shape.Rank + axis);
        if (output.Shape.Size > 0)
        {
            kernels.Call(new SortKernel(Name, inputs[0].DType, outer, length, inner, descending), 0, kernels.Result);
        }

        return kernels.Done();
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    private void Order<T>(T[] x, long[] order, int length, int inner, Func<T, T> turn) where T : unmanaged, INumber<T>
    {
        using var keyRow = new Scratch<T>(length);
        using var numberRow = new Scratch<long>(length);
        Span<T> keys = keyRow.Span;
        Span<long> row = numberRow.Span;
        for (int line = 0; length > 0 && line < x.Length / length; line++)
        {
            int start = (line / inner * length * inner) + (line % inner);
            for (int i = 0; i < length; i++)
            {
                T value = x[start + (i * inner)];
                keys[i] = descending ? turn(value) : value;
                row[i] = i;
            }

            Sort(keys, row);
            for (int i = 0; i < length; i++)
            {
                order[start + (i * inner)] = row[i];
            }
        }
    }

    /// <summary>Sorts the keys, and with them their numbers; numbers of equal keys ascend.</summary>
    private void Sort<T>(Span<T> keys, Span<long> numbers) where T : unmanaged, INumber<T>
    {
        // The sort is not stable, and puts NaN first.
        keys.Sort(numbers);
        int missing = 0;
        while (missing < keys.Length && T.IsNaN(keys[missing]))
        {
            missing++;
        }

        numbers[..missing].Sort();
        for (int first = missing, end; first < keys.Length; first = end)
        {
            end = first + 1;
            while (end < keys.Length && keys[end] == keys[first])
            {
                end++;
            }

            if (end - first > 1)
            {
                numbers[first..end].Sort();
            }
        }

        if (missing > 0 && !descending)
        {
            numbers[..missing].Reverse();
            numbers[missing..].Reverse();
            numbers.Reverse();
        }
    }
}
