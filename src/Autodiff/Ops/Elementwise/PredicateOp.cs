namespace ProbNet.Autodiff;

/// <summary>A question about each element of a floating-point tensor. The result is Bool; no gradient.</summary>
internal abstract class PredicateOp<TKernel> : ElementwiseOp where TKernel : struct, IPredicateKernel
{
    public override bool IsDifferentiable => false;

    public override TensorType Infer(Tensor[] inputs)
    {
        RequireFloating(inputs[0]);
        return new(inputs[0].Shape, DType.Bool);
    }

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => inputs[0] == DType.Float32
        ? PredicateBlock<TKernel, float>.Instance
        : PredicateBlock<TKernel, double>.Instance;

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);
}
