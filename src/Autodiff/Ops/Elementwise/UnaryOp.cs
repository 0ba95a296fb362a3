namespace ProbNet.Autodiff;

/// <summary>An operation on each element of one tensor: same shape, same type.</summary>
internal abstract class UnaryOp : ElementwiseOp
{
    public override TensorType Infer(Tensor[] inputs) => new(inputs[0].Shape, RequireFloating(inputs[0]));

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => Vjp(inputs[0], output, dy);

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    /// <summary>The gradient with respect to x, from x, y = f(x) and the gradient with respect to y; null for exactly zero.</summary>
    protected abstract Tensor? Vjp(Tensor x, Tensor y, Tensor dy);
}
