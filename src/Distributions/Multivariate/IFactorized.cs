using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A distribution of vectors as a product of distributions of one number each: that of coordinate i given the coordinates before it. What the implicit
/// gradients of a mixture of vectors need.
/// </summary>
internal interface IFactorized
{
    /// <summary>ln fᵢ(xᵢ | x₀ … xᵢ₋₁) and Fᵢ(xᵢ | x₀ … xᵢ₋₁), [..., n] each.</summary>
    /// <param name="value">Vectors of the support, broadcast against batch + [n].</param>
    (Tensor LogDensities, Tensor Cdfs) Factors(Tensor value);
}
