namespace ProbNet.Autodiff;

/// <summary>y = not x, for Bool. No gradient.</summary>
internal sealed class LogicalNot : Op
{
    public static readonly LogicalNot Instance = new();

    public override bool IsDifferentiable => false;

    public override TensorType Infer(Tensor[] inputs) => inputs[0].DType == DType.Bool
        ? new(inputs[0].Shape, DType.Bool)
        : throw new DTypeException(
            $"{Name}: the operand is {inputs[0].DType} {inputs[0].Shape}; Bool is needed: compare it first, or use Cast(DType.Bool).");

    public override Array Evaluate(Tensor[] inputs, TensorType type)
    {
        bool[] x = inputs[0].Data<bool>(), y = GC.AllocateUninitializedArray<bool>(x.Length);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = !x[i];
        }

        return y;
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);
}
