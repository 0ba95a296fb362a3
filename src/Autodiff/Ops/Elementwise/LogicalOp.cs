namespace ProbNet.Autodiff;

/// <summary>A logical operation on the elements of two Bool tensors, broadcast against each other. No gradient.</summary>
internal abstract class LogicalOp<TKernel> : BinaryOp where TKernel : struct, ILogicalKernel
{
    public override bool IsDifferentiable => false;

    public override TensorType Infer(Tensor[] inputs)
    {
        foreach (Tensor input in inputs)
        {
            if (input.DType != DType.Bool)
            {
                throw new DTypeException($"{Name}: an operand is {input.DType} {input.Shape}; Bool is needed: compare it first, or use Cast(DType.Bool).");
            }
        }

        return new(Shape.Broadcast(inputs[0].Shape, inputs[1].Shape, Name), DType.Bool);
    }

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => LogicalBlock<TKernel>.Instance;

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => null;

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => null;
}
