using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>A set of vectors or matrices, by its condition.</summary>
/// <param name="name">How it is written.</param>
/// <param name="eventRank">1 for vectors, 2 for matrices.</param>
/// <param name="contains">The condition, a mask without the event axes.</param>
/// <param name="interior">A point inside, of the shape of one outcome.</param>
/// <param name="fromReal">The map from the real line, if there is one.</param>
/// <param name="isDiscrete">Whether outcomes are whole numbers.</param>
internal sealed class VectorSupport(
    string name, int eventRank, Func<Tensor, Tensor> contains, Func<DType, Shape, Tensor> interior, Func<Transform>? fromReal, bool isDiscrete = false) : Support
{
    public override string Name => name;

    public override int EventRank => eventRank;

    public override bool IsDiscrete => isDiscrete;

    public override Tensor Contains(Tensor value) => contains(value);

    public override Tensor InteriorPoint(DType dtype, Shape shape = default) => interior(dtype, shape);

    public override Transform FromReal() => fromReal?.Invoke() ?? base.FromReal();

    /// <summary>How far a sum that must be 1 may be off by rounding.</summary>
    public static double Tolerance(DType dtype) => dtype == DType.Float32 ? 1e-5 : 1e-6;

    public static Tensor IsOrdered(Tensor value) =>
        (value[TensorIndex.Ellipsis, 1..] > value[TensorIndex.Ellipsis, ..^1]).All(-1) & value.IsFinite().All(-1);

    public static Tensor IsUnit(Tensor value) => (value.Norm(2, -1) - 1).Abs() <= Tolerance(value.DType);

    public static Tensor IsLowerCholesky(Tensor value) =>
        value.Triu(1).EqualTo(0).All([-2, -1]) & (value.Diagonal() > 0).All(-1) & value.IsFinite().All([-2, -1]);

    public static Tensor IsCorrelationCholesky(Tensor value) => IsLowerCholesky(value) & IsUnit(value).All(-1);

    public static Tensor IsOneHot(Tensor value) => (value.EqualTo(0) | value.EqualTo(1)).All(-1) & value.Sum(-1).EqualTo(1);

    /// <summary>Symmetric to rounding, and after scaling to a diagonal of ones every eigenvalue is above what rounding makes of 0, so that Cholesky succeeds.</summary>
    public static Tensor IsPositiveDefinite(Tensor value)
    {
        int n = value.Shape[-1];
        Tensor diagonal = value.Diagonal();
        Tensor usable = (diagonal > 0).All(-1) & value.IsFinite().All([-2, -1]);
        Tensor safe = Tensor.Where(usable.Unsqueeze(-1).Unsqueeze(-1), value, Tensor.Eye(n, value.DType));
        Tensor scale = safe.Diagonal().Rsqrt(), scaled = safe * scale.Unsqueeze(-1) * scale.Unsqueeze(-2);
        Tensor symmetric = ((scaled - scaled.Transpose()).Abs() <= 2 * Tolerance(value.DType)).All([-2, -1]);
        Tensor least = Gradient.Stop(scaled).SymmetricEigenvalues().Min(-1);
        return usable & symmetric & (least > n * (n + 1) * value.DType.Epsilon());
    }
}
