namespace ProbNet.Autodiff;

/// <summary>Y = A⁻¹, by LU with partial pivoting. dA = −Yᵀ dY Yᵀ.</summary>
internal sealed class Inverse : SquareMatrixOp
{
    public static readonly Inverse Instance = new();

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) =>
        -new MatMul(false, true).Apply(new MatMul(true, false).Apply(output, dy), output);

    protected override void Compute<T>(ReadOnlySpan<T> a, Span<T> y, int n, Shape shape, int matrix)
    {
        using var lu = new Scratch<T>(n * n);
        using var exchanges = new Scratch<int>(n);
        Span<T> factors = lu.Span;
        Span<int> pivots = exchanges.Span;
        a.CopyTo(factors);
        int missing = LuFactors.Factor<T>(factors, pivots, n, out _);
        if (missing >= 0)
        {
            throw new LinearAlgebraException($"Inverse: {Place(shape, matrix)} is singular: column {missing} has no pivot.");
        }

        LuFactors.Identity(y, n);
        LuFactors.Solve<T>(factors, pivots, y, n, n);
    }
}
