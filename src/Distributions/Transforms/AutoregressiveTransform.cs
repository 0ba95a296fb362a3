using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// Each coordinate goes through a map of numbers whose parameters are a function of the coordinates before it: yᵢ = t(xᵢ; f(x₀ … xᵢ₋₁)). The forward pass takes
/// one evaluation of the conditioner, the inverse one for each coordinate. As the map from data to noise it is a masked autoregressive flow
/// (Papamakarios, Pavlakou and Murray 2017), inverted an inverse autoregressive flow (Kingma et al. 2016).
/// </summary>
/// <param name="conditioner">
/// From the whole vector, [..., n], to a map of numbers of batch shape [..., n], of which that of coordinate i must depend on the coordinates before i alone.
/// </param>
public sealed class AutoregressiveTransform(Func<Tensor, Transform> conditioner) : Transform
{
    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.Real;

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
    {
        (Tensor y, Tensor logDet) = conditioner(x).ForwardAndLogDet(x);
        return (y, logDet.Sum(-1));
    }

    /// <summary>After pass i the first i coordinates are right, whatever the others were.</summary>
    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        Tensor x = Tensor.ZerosLike(y);
        for (int i = 0; i < y.Shape[-1]; i++)
        {
            x = conditioner(x).Inverse(y);
        }

        return x;
    }
}
