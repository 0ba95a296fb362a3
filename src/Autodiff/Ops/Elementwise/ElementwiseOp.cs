namespace ProbNet.Autodiff;

/// <summary>An operation on each element of up to three operands, broadcast against each other: it is all in its kernel.</summary>
internal abstract class ElementwiseOp : Op
{
    public abstract override BlockKernel Block(ReadOnlySpan<DType> inputs);

    public override void Evaluate(Tensor[] inputs, Array result) => BlockLoop.Run(this, inputs, result);
}
