using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// How many elements of an ascending row are below each value (or, from the right, not above it), as Int64. Not differentiable.
/// </summary>
internal sealed class SearchSorted(bool right) : Op
{
    public override bool IsDifferentiable => false;

    public override TensorType Infer(Tensor[] inputs)
    {
        (Tensor sorted, Tensor values) = (inputs[0], inputs[1]);
        if (sorted.DType != values.DType || sorted.DType == DType.Bool)
        {
            throw new DTypeException($"{Name}: the sorted tensor is {sorted.DType} and the values are {values.DType}; they must be numbers of one type.");
        }

        bool fits = sorted.Rank == 1 || (values.Rank == sorted.Rank && values.Shape[..^1] == sorted.Shape[..^1]);
        return fits
            ? new(values.Shape, DType.Int64)
            : throw new ShapeException($"{Name}: the sorted tensor {sorted.Shape} must be a vector, or have the leading axes of the values {values.Shape}.");
    }

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        long[] counts = (long[])result;
        int columns = inputs[0].Shape[-1], values = inputs[0].Rank == 1 ? counts.Length : inputs[1].Shape[-1];
        switch (inputs[0].RawData)
        {
            case float[] x: Count(x, inputs[1].Data<float>(), counts, columns, values); break;
            case double[] x: Count(x, inputs[1].Data<double>(), counts, columns, values); break;
            case int[] x: Count(x, inputs[1].Data<int>(), counts, columns, values); break;
            default: Count(inputs[0].Data<long>(), inputs[1].Data<long>(), counts, columns, values); break;
        }
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size)
    {
        if (!batched[0])
        {
            return Apply(inputs);
        }

        // A vector per example meets values of any shape, which become a row.
        Tensor[] both = Vectorization.Materialize(inputs, batched, size);
        Shape result = both[1].Shape;
        return both[0].Rank == 2 ? Apply(both[0], both[1].Reshape([size, result.Size / size])).Reshape(result) : Apply(both);
    }

    private void Count<T>(T[] sorted, T[] values, long[] counts, int columns, int perRow) where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < counts.Length; i++)
        {
            ReadOnlySpan<T> row = sorted.AsSpan(i / perRow * columns, columns);
            int low = 0, high = columns;
            while (low < high)
            {
                int middle = (low + high) >>> 1;
                if (right ? row[middle] <= values[i] : row[middle] < values[i])
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            counts[i] = low;
        }
    }
}
