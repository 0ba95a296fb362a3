using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// y_i = a_i y_{i−1} + b_i along an axis, from y_{−1} = 0; from the end if reversed. With r_i = dy_i + a_{i+1} r_{i+1}, which is the same
/// recurrence in the other direction, db = r and da_i = r_i y_{i−1}.
/// </summary>
internal sealed class LinearRecurrence(int axis, bool reverse) : Op, IJointVjp
{
    public override TensorType Infer(Tensor[] inputs)
    {
        Tensor a = inputs[0], b = inputs[1];
        DType dtype = RequireFloating(a);
        if (a.DType != b.DType)
        {
            throw new DTypeException($"{Name}: the factors and terms have different types, {a.DType} and {b.DType}; convert one with Cast.");
        }

        return a.Shape == b.Shape
            ? new(a.Shape, dtype)
            : throw new ShapeException($"{Name}: the factors {a.Shape} and terms {b.Shape} differ in shape; they must be alike.");
    }

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        Shape shape = inputs[0].Shape;
        (int outer, int length, int inner) = shape.Around(shape.Rank + axis);
        if (result is float[] y)
        {
            Run(inputs[0].Data<float>(), inputs[1].Data<float>(), y, outer, length, inner);
        }
        else
        {
            Run(inputs[0].Data<double>(), inputs[1].Data<double>(), (double[])result, outer, length, inner);
        }
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) =>
        Vjp([index == 0, index == 1], inputs, output, dy)[index];

    public Tensor?[] Vjp(bool[] needed, Tensor[] inputs, Tensor output, Tensor dy)
    {
        int forward = reverse ? -1 : 1;
        Tensor later = new LinearRecurrence(axis, !reverse).Apply(Shifted.Along(inputs[0], axis, -forward, 0), dy);
        return [needed[0] ? later * Shifted.Along(output, axis, forward, 0) : null, needed[1] ? later : null];
    }

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(Vectorization.Materialize(inputs, batched, size));

    private void Run<T>(T[] a, T[] b, T[] y, int outer, int length, int inner) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int first = reverse ? (length - 1) * inner : 0, step = reverse ? -inner : inner;
        for (int start = first; length > 0 && outer > 0; start += length * inner, outer--)
        {
            for (int i = start; i < start + inner; i++)
            {
                // The first factor multiplies nothing, so that an infinite one does not turn the start into NaN.
                y[i] = b[i];
                for (int r = 1, at = i + step; r < length; r++, at += step)
                {
                    y[at] = (a[at] * y[at - step]) + b[at];
                }
            }
        }
    }
}
