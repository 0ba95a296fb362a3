namespace ProbNet.Autodiff;

/// <summary>The largest or smallest element; NaN if there is one. Elements that tie share the gradient equally. Refuses an empty axis.</summary>
internal abstract class ExtremumOp(int[] axes, bool keepDims) : ReduceOp(axes, keepDims)
{
    public override TensorType Infer(Tensor[] inputs)
    {
        Shape shape = inputs[0].Shape;
        return Count(shape) > 0
            ? base.Infer(inputs)
            : throw new ShapeException(
                $"{Name}: shape {shape} has no elements along the reduced axes [{string.Join(", ", Axes)}]; an extremum of none does not exist.");
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor x = inputs[0];
        Tensor ties = x.EqualTo(Expanded(output, x)).Cast(x.DType);
        return ties * (Expanded(dy, x) / new Sum(Axes, keepDims: true).Apply(ties));
    }

    protected override DType ResultType(Tensor x) => x.DType.IsInteger() ? x.DType : RequireFloating(x);
}
