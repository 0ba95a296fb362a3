namespace ProbNet.Autodiff;

/// <summary>The numbers 0 to n − 1 in random order. No inputs, no gradient.</summary>
internal sealed class RandomPermutation(RandomKey key, int n) : Op
{
    public override bool IsDifferentiable => false;

    public override TensorType Infer(Tensor[] inputs) => new([n], DType.Int64);

    public override Array Evaluate(Tensor[] inputs, TensorType type)
    {
        int[] order = new int[n];
        RandomFill.Permutation(key, order);
        return Array.ConvertAll(order, i => (long)i);
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;
}
