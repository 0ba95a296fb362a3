namespace ProbNet.Autodiff;

/// <summary>
/// y = Π x along an axis; 1 over no elements. dx_i = dy · Π_{j&lt;i} x_j · Π_{j>i} x_j: nothing is divided, so the gradient is exact with any
/// number of zeros, at any order.
/// </summary>
internal sealed class Prod(int axis, bool keepDims) : ReduceOp([axis], keepDims)
{
    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor x = inputs[0];
        Tensor before = Shifted.Along(new CumProd(axis, reverse: false).Apply(x), axis, 1, 1);
        Tensor after = Shifted.Along(new CumProd(axis, reverse: true).Apply(x), axis, -1, 1);
        return before * after * Expanded(dy, x);
    }

    protected override DType ResultType(Tensor x) => x.DType.IsInteger() ? x.DType : RequireFloating(x);

    protected override Array Reduce<T>(T[] x, int outer, int length, int inner) => Multiply(x, outer, length, inner);

    protected override Array ReduceIntegers<T>(T[] x, int outer, int length, int inner) => Multiply(x, outer, length, inner);

    private static T[] Multiply<T>(T[] x, int outer, int length, int inner) where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var y = new T[outer * inner];
        Array.Fill(y, T.One);
        for (int o = 0; o < outer; o++)
        {
            Span<T> products = y.AsSpan(o * inner, inner);
            for (int r = 0; r < length; r++)
            {
                ReadOnlySpan<T> row = x.AsSpan(((o * length) + r) * inner, inner);
                for (int i = 0; i < products.Length; i++)
                {
                    products[i] *= row[i];
                }
            }
        }

        return y;
    }
}
