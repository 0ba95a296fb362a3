namespace ProbNet.Autodiff;

/// <summary>The numbers 0 to n − 1 in random order.</summary>
internal sealed class RandomPermutation(RandomKey key, int n) : KeyedOp(key)
{
    public override TensorType Infer(Tensor[] inputs) => new([n], DType.Int64);

    public override void Evaluate(Tensor[] inputs, Array result) => RandomFill.Permutation<long>(Key(inputs), (long[])result);
}
