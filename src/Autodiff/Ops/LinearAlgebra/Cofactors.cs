namespace ProbNet.Autodiff;

/// <summary>
/// C = det(A)·A⁻ᵀ, the gradient of the determinant; for a singular matrix from its minors. With Z = A⁻ᵀ,
/// dA = det(A)·(⟨dC, Z⟩ Z − Z dCᵀ Z), which needs a matrix that is not singular.
/// </summary>
internal sealed class Cofactors : SquareMatrixOp
{
    public static readonly Cofactors Instance = new();

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor z = Inverse.Instance.Apply(inputs[0]).Transpose();
        Tensor both = (dy * z).Sum([-2, -1], keepDims: true) * z;
        Tensor determinant = Determinant.Instance.Apply(inputs[0]).Unsqueeze(-1).Unsqueeze(-1);
        return determinant * (both - new MatMul(false, true).Apply(z, dy).MatMul(z));
    }

    protected override void Compute<T>(ReadOnlySpan<T> a, Span<T> y, int n, Shape shape, int matrix)
    {
        using var lu = new Scratch<T>(n * n);
        using var exchanges = new Scratch<int>(n);
        Span<T> factors = lu.Span;
        Span<int> pivots = exchanges.Span;
        a.CopyTo(factors);
        if (LuFactors.Factor<T>(factors, pivots, n, out int sign) >= 0)
        {
            Minors(a, y, n);
            return;
        }

        T determinant = T.CreateChecked(sign);
        for (int i = 0; i < n; i++)
        {
            determinant *= factors[(i * n) + i];
        }

        using var solution = new Scratch<T>(n * n);
        Span<T> inverse = solution.Span;
        LuFactors.Identity(inverse, n);
        LuFactors.Solve<T>(factors, pivots, inverse, n, n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                y[(i * n) + j] = determinant * inverse[(j * n) + i];
            }
        }
    }

    private static void Minors<T>(ReadOnlySpan<T> a, Span<T> y, int n) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        using var rest = new Scratch<T>((n - 1) * (n - 1));
        Span<T> minor = rest.Span;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                int to = 0;
                for (int row = 0; row < n; row++)
                {
                    for (int column = 0; column < n; column++)
                    {
                        if (row != i && column != j)
                        {
                            minor[to++] = a[(row * n) + column];
                        }
                    }
                }

                T determinant = Determinant.Of<T>(minor, n - 1);
                y[(i * n) + j] = (i + j) % 2 == 0 ? determinant : -determinant;
            }
        }
    }
}
