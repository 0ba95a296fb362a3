namespace ProbNet.Autodiff;

/// <summary>Uniform integers with low ≤ n &lt; high. No inputs, no gradient.</summary>
internal sealed class RandomIntegers(RandomKey key, Shape shape, long low, long high) : Op
{
    public override bool IsDifferentiable => false;

    public override TensorType Infer(Tensor[] inputs) => new(shape, DType.Int64);

    public override Array Evaluate(Tensor[] inputs, TensorType type)
    {
        long[] x = GC.AllocateUninitializedArray<long>(type.Shape.Size);
        RandomFill.Integers(key, x, low, high);
        return x;
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;
}
