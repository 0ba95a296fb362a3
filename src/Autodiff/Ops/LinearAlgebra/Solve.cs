using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>X with A·X = B, by LU with partial pivoting. dB = A⁻ᵀ dX, dA = −dB·Xᵀ.</summary>
internal sealed class Solve : Op, IJointVjp, IMatrixSolver
{
    public static readonly Solve Instance = new();

    public override TensorType Infer(Tensor[] inputs) => MatrixBatches.Infer(inputs[0], inputs[1], Name);

    public override void Evaluate(Tensor[] inputs, Array result) => MatrixBatches.Solve(this, inputs[0], inputs[1], result);

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) =>
        Vjp([index == 0, index == 1], inputs, output, dy)[index];

    public Tensor?[] Vjp(bool[] needed, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor db = Apply(inputs[0].Transpose(), dy);
        return [needed[0] ? -new MatMul(false, true).Apply(db, output) : null, needed[1] ? db : null];
    }

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(Vectorization.AlignRanks(inputs, batched));

    void IMatrixSolver.Solve<T>(ReadOnlySpan<T> a, Span<T> x, int n, int k, Shape shape, int matrix)
    {
        using var lu = new Scratch<T>(n * n);
        using var exchanges = new Scratch<int>(n);
        Span<T> factors = lu.Span;
        Span<int> pivots = exchanges.Span;
        a.CopyTo(factors);
        int missing = LuFactors.Factor<T>(factors, pivots, n, out _);
        if (missing >= 0)
        {
            throw new LinearAlgebraException($"Solve: {SquareMatrixOp.Place(shape, matrix)} is singular: column {missing} has no pivot.");
        }

        LuFactors.Solve(factors, pivots, x, n, k);
    }
}
