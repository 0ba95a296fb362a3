using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>y[…, k] = 1 where k is the index, else 0, for k below a depth. Not differentiable.</summary>
internal sealed class OneHot(int depth, DType dtype) : Op
{
    public override bool IsDifferentiable => false;

    public override TensorType Infer(Tensor[] inputs)
    {
        Indices.Require(inputs[0], Name);
        return new(inputs[0].Shape.Concat([depth]), dtype);
    }

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        Tensor.Fill(result, 0);
        switch (result)
        {
            case float[] y: Mark(inputs[0], y); break;
            case double[] y: Mark(inputs[0], y); break;
            case int[] y: Mark(inputs[0], y); break;
            case long[] y: Mark(inputs[0], y); break;
            default: Mark(inputs[0], Elements.Bits<byte>(result)); break;
        }
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    private void Mark<T>(Tensor index, Span<T> y) where T : INumberBase<T>
    {
        for (int row = 0; row < index.Size; row++)
        {
            // The index of a class is a name, not a place: a negative one is an error here, not a count from the end.
            long value = index.RawData is long[] wide ? wide[row] : index.Data<int>()[row];
            if (value < 0 || value >= depth)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(index),
                    FormattableString.Invariant($"OneHot: element {row} of the index {index.Shape} is {value}; classes run from 0 to {depth - 1}."));
            }

            y[(row * depth) + (int)value] = T.One;
        }
    }
}
