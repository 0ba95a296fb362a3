namespace ProbNet.Autodiff;

/// <summary>y = the sign of det A: 1, −1, or 0 for a singular matrix. Not differentiable.</summary>
internal sealed class DeterminantSign : SquareMatrixOp
{
    public static readonly DeterminantSign Instance = new();

    public override bool IsDifferentiable => false;

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;

    protected override Shape ResultShape(Shape shape) => shape[..^2];

    protected override void Compute<T>(ReadOnlySpan<T> a, Span<T> y, int n, Shape shape, int matrix)
    {
        using var lu = new Scratch<T>(n * n);
        using var rows = new Scratch<int>(n);
        Span<T> factors = lu.Span;
        Span<int> pivots = rows.Span;
        a.CopyTo(factors);
        int sign = LuFactors.Factor<T>(factors, pivots, n, out int exchanges) >= 0 ? 0 : exchanges;
        for (int i = 0; i < n && sign != 0; i++)
        {
            sign = T.IsNegative(factors[(i * n) + i]) ? -sign : sign;
        }

        y[0] = T.CreateChecked(sign);
    }
}
