namespace ProbNet.Autodiff;

/// <summary>An operation on the elements of three floating-point tensors of the same type, broadcast against each other.</summary>
internal abstract class TernaryOp : ElementwiseOp
{
    public override TensorType Infer(Tensor[] inputs)
    {
        DType dtype = RequireFloating(inputs[0]);
        if (inputs[1].DType != dtype || inputs[2].DType != dtype)
        {
            throw new DTypeException(
                $"{Name}: the operands have different types, {dtype} {inputs[0].Shape}, {inputs[1].DType} {inputs[1].Shape} and "
                + $"{inputs[2].DType} {inputs[2].Shape}; convert with Cast.");
        }

        return new(Shape.Broadcast(Shape.Broadcast(inputs[0].Shape, inputs[1].Shape, Name), inputs[2].Shape, Name), dtype);
    }

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(Vectorization.AlignRanks(inputs, batched));

    /// <summary>Number literals take the other operands' type, then the operation is applied.</summary>
    public Tensor Apply(Tensor a, Tensor b, Tensor c)
    {
        Tensor.Align(Name, ref a, ref b, ref c);
        return base.Apply(a, b, c);
    }
}
