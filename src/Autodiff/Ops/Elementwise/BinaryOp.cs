namespace ProbNet.Autodiff;

/// <summary>An operation on the elements of two tensors of the same type, broadcast against each other.</summary>
internal abstract class BinaryOp : ElementwiseOp
{
    /// <summary>True when the operation is defined for integers too.</summary>
    protected virtual bool TakesIntegers => false;

    public override TensorType Infer(Tensor[] inputs)
    {
        DType dtype = TakesIntegers && inputs[0].DType.IsInteger() ? inputs[0].DType : RequireFloating(inputs[0]);
        RequireSameType(inputs);
        return new(Shape.Broadcast(inputs[0].Shape, inputs[1].Shape, Name), dtype);
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) =>
        index == 0 ? VjpLeft(inputs[0], inputs[1], output, dy) : VjpRight(inputs[0], inputs[1], output, dy);

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(Vectorization.AlignRanks(inputs, batched));

    /// <summary>Number literals take the other operand's type, then the operation is applied.</summary>
    public Tensor Apply(Tensor left, Tensor right)
    {
        Tensor.Align(Name, ref left, ref right);
        return base.Apply(left, right);
    }

    /// <summary>The gradient with respect to a, of the broadcast shape; null for exactly zero.</summary>
    protected abstract Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy);

    /// <summary>The gradient with respect to b, of the broadcast shape; null for exactly zero.</summary>
    protected abstract Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy);

    protected void RequireSameType(Tensor[] inputs)
    {
        if (inputs[0].DType != inputs[1].DType)
        {
            throw new DTypeException(
                $"{Name}: the operands have different types, {inputs[0].DType} {inputs[0].Shape} and {inputs[1].DType} {inputs[1].Shape}; convert one with Cast.");
        }
    }
}
