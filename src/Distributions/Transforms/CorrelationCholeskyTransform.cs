using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// From vectors of n(n − 1)/2 numbers to Cholesky factors of n×n correlation matrices: tanh of the numbers, row by row (10, 20, 21, …), are the
/// canonical partial correlations z, and Lᵢⱼ = zᵢⱼ·√∏ₖ₍ₖ₌₀…ⱼ₋₁₎(1 − zᵢₖ²), so that rows have length 1 (Lewandowski, Kurowicka and Joe 2009). The log-determinant is
/// with respect to the entries below the diagonal.
/// </summary>
public sealed class CorrelationCholeskyTransform : Transform
{
    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override int OutputRank => 2;

    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.CorrelationCholesky;

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
    {
        int n = PackedTriangle.Size(ToString(), x.Shape, strict: true);
        Tensor raw = PackedTriangle.Unpack(x, n, strict: true);

        // ln(1 − z²), which is 0 on and above the diagonal, summed over the columns to the left: the logarithm of what is left of the row's length, squared.
        Tensor logRest = TanhTransform.LogSlope(raw), left = logRest.CumSum(-1) - logRest;
        Tensor length = (0.5 * left).Exp();
        Tensor y = (raw.Tanh() * length) + (Tensor.Eye(n, x.DType) * length);
        return (y, (logRest + (0.5 * left.Tril(-1))).Sum([-2, -1]));
    }

    /// <summary>x = arsinh(Lᵢⱼ/√Σₖ₍ₖ₌ⱼ₊₁…ᵢ₎Lᵢₖ²), which keeps its digits where a partial correlation is near ±1.</summary>
    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        // The squares to the right of each entry, summed from the end.
        Tensor lower = y.Tril(), right = Tensor.Concat([lower[TensorIndex.Ellipsis, 1..], Tensor.ZerosLike(lower[TensorIndex.Ellipsis, ..1])], -1);
        Tensor rest = right.Square().Flip(-1).CumSum(-1).Flip(-1);
        Tensor below = Tensor.Ones(y.Shape[^2..], y.DType).Tril(-1) > 0;
        Tensor x = (lower / Tensor.Where(below, rest, 1.0).Sqrt()).Asinh();
        return PackedTriangle.Pack(x, strict: true);
    }

    /// <inheritdoc/>
    public override Shape ForwardShape(Shape shape) => PackedTriangle.ForwardShape(ToString(), shape, strict: true);

    /// <inheritdoc/>
    public override Shape InverseShape(Shape shape) => PackedTriangle.InverseShape(ToString(), shape, strict: true);
}
