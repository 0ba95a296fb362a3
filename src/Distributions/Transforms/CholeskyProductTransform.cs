using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A = L·Lᵀ: from Cholesky factors to positive definite matrices. The log-determinant is with respect to the lower triangles:
/// n·ln 2 + Σ (n − i)·ln Lᵢᵢ, i from 0. After <see cref="LowerCholeskyTransform"/> it is the map from vectors to covariances.
/// </summary>
public sealed class CholeskyProductTransform : Transform
{
    /// <inheritdoc/>
    public override int EventRank => 2;

    /// <inheritdoc/>
    public override Support Domain => Support.LowerCholesky;

    /// <inheritdoc/>
    public override Support Codomain => Support.PositiveDefinite;

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
    {
        int n = x.Shape[-1];
        Tensor powers = Tensor.Arange(n, 0, -1, x.DType);
        return (x.MatMul(x.Transpose()), (n * Math.Log(2)) + (powers * x.Diagonal().Log()).Sum(-1));
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.Cholesky();
}
