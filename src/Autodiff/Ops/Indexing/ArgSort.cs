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

    public override Array Evaluate(Tensor[] inputs, TensorType type)
    {
        (int _, int length, int inner) = type.Shape.Around(type.Shape.Rank + axis);
        return inputs[0].RawData switch
        {
            float[] x => Order(x, length, inner, static value => -value),
            double[] x => Order(x, length, inner, static value => -value),
            int[] x => Order(x, length, inner, static value => ~value),
            var x => Order((long[])x, length, inner, static value => ~value),
        };
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    private long[] Order<T>(T[] x, int length, int inner, Func<T, T> turn) where T : unmanaged, INumber<T>
    {
        long[] order = new long[x.Length], row = new long[length];
        var keys = new T[length];
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

        return order;
    }

    /// <summary>Sorts the keys, and with them their numbers; numbers of equal keys ascend.</summary>
    private void Sort<T>(T[] keys, long[] numbers) where T : unmanaged, INumber<T>
    {
        // Array.Sort is not stable, and puts NaN first.
        Array.Sort(keys, numbers);
        int missing = 0;
        while (missing < keys.Length && T.IsNaN(keys[missing]))
        {
            missing++;
        }

        Array.Sort(numbers, 0, missing);
        for (int first = missing, end; first < keys.Length; first = end)
        {
            end = first + 1;
            while (end < keys.Length && keys[end] == keys[first])
            {
                end++;
            }

            if (end - first > 1)
            {
                Array.Sort(numbers, first, end - first);
            }
        }

        if (missing > 0 && !descending)
        {
            long[] last = numbers[..missing];
            numbers.AsSpan(missing).CopyTo(numbers);
            last.CopyTo(numbers, numbers.Length - missing);
        }
    }
}
