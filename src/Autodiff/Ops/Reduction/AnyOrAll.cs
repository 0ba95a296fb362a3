namespace ProbNet.Autodiff;

/// <summary>Whether any, or all, of the elements of a boolean tensor are true: false and true over none. Not differentiable.</summary>
internal sealed class AnyOrAll(int[] axes, bool all, bool keepDims) : ReduceOp(axes, keepDims)
{
    public override string Name => all ? "All" : "Any";

    public override bool IsDifferentiable => false;

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;

    protected override DType ResultType(Tensor x) => DType.Bool;

    protected override Array Reduce<T>(T[] x, int outer, int length, int inner) =>
        throw new DTypeException($"{Name}: {DTypeExtensions.Of<T>()} is not a type that it takes.");

    protected override Array ReduceBooleans(bool[] x, int outer, int length, int inner)
    {
        bool[] y = new bool[outer * inner];
        Array.Fill(y, all);
        for (int o = 0; o < outer; o++)
        {
            Span<bool> result = y.AsSpan(o * inner, inner);
            for (int r = 0; r < length; r++)
            {
                ReadOnlySpan<bool> row = x.AsSpan(((o * length) + r) * inner, inner);
                for (int i = 0; i < result.Length; i++)
                {
                    result[i] = all ? result[i] & row[i] : result[i] | row[i];
                }
            }
        }

        return y;
    }
}
