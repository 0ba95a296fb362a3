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

    public override Array Evaluate(Tensor[] inputs, TensorType type)
    {
        // The index of a class is a name, not a place: a negative one is an error here, not a count from the end.
        Array result = Tensor.Zeros(type.Shape, dtype).RawData;
        Array one = Tensor.Ones(Shape.Scalar, dtype).RawData;
        int size = dtype.ByteSize(), row = 0;
        foreach (double value in inputs[0].ToDoubles())
        {
            if (value < 0 || value >= depth)
            {
                throw new ArgumentOutOfRangeException(
                    "index",
                    FormattableString.Invariant($"OneHot: element {row} of the index {inputs[0].Shape} is {value:R}; classes run from 0 to {depth - 1}."));
            }

            Buffer.BlockCopy(one, 0, result, ((row++ * depth) + (int)value) * size, size);
        }

        return result;
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);
}
