namespace ProbNet.Autodiff;

/// <summary>Uniform integers with low ≤ n &lt; high.</summary>
internal sealed class RandomIntegers(RandomKey key, Shape shape, long low, long high) : KeyedOp(key)
{
    public override TensorType Infer(Tensor[] inputs) => new(shape, DType.Int64);

    public override void Evaluate(Tensor[] inputs, Array result) => RandomFill.Integers(Key(inputs), (long[])result, low, high);

    public override string ToString() => FormattableString.Invariant($"{Name}({low}, {high})");
}
