namespace ProbNet.Autodiff;

/// <summary>y = det A, by LU; 0 for a singular matrix, 1 without rows. dA = dy · cofactors(A), which exist for singular matrices too.</summary>
internal sealed class Determinant : SquareMatrixOp
{
    public static readonly Determinant Instance = new();

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) =>
        dy.Unsqueeze(-1).Unsqueeze(-1) * Cofactors.Instance.Apply(inputs[0]);

    protected override Shape ResultShape(Shape shape) => shape[..^2];

    protected override void Compute<T>(ReadOnlySpan<T> a, Span<T> y, int n, Shape shape, int matrix)
    {
        using var factors = new Scratch<T>(n * n);
        a.CopyTo(factors.Span);
        y[0] = Of(factors.Span, n);
    }

    /// <summary>The determinant of a matrix [n, n], which is overwritten.</summary>
    public static T Of<T>(Span<T> a, int n) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        using var pivots = new Scratch<int>(n);
        if (LuFactors.Factor(a, pivots.Span, n, out int sign) >= 0)
        {
            return T.Zero;
        }

        T product = T.CreateChecked(sign);
        for (int i = 0; i < n; i++)
        {
            product *= a[(i * n) + i];
        }

        return product;
    }
}
