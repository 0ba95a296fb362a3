namespace ProbNet.Autodiff;

/// <summary>y = log |det A|, by LU, without overflow; −∞ for a singular matrix, which has no gradient. dA = dy · A⁻ᵀ.</summary>
internal sealed class LogAbsDeterminant : SquareMatrixOp
{
    public static readonly LogAbsDeterminant Instance = new();

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) =>
        dy.Unsqueeze(-1).Unsqueeze(-1) * Inverse.Instance.Apply(inputs[0]).Transpose();

    protected override Shape ResultShape(Shape shape) => shape[..^2];

    protected override void Compute<T>(ReadOnlySpan<T> a, Span<T> y, int n, Shape shape, int matrix)
    {
        using var lu = new Scratch<T>(n * n);
        using var exchanges = new Scratch<int>(n);
        Span<T> factors = lu.Span;
        Span<int> pivots = exchanges.Span;
        a.CopyTo(factors);
        T sum = LuFactors.Factor<T>(factors, pivots, n, out _) >= 0 ? T.NegativeInfinity : T.Zero;
        for (int i = 0; i < n && sum > T.NegativeInfinity; i++)
        {
            sum += T.Log(T.Abs(factors[(i * n) + i]));
        }

        y[0] = sum;
    }
}
