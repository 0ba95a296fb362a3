using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The χ² distribution, of the sum of k squared standard Normals: a Gamma with concentration k/2 and rate ½.</summary>
public sealed class Chi2 : EquivalentFamily
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="df">k, the degrees of freedom; above 0. The mean is k, the variance 2k.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Chi2(Tensor df)
        : base(FamilyParameter.Positive(nameof(df), df))
    {
    }

    /// <summary>k, the degrees of freedom; above 0. The mean is k, the variance 2k.</summary>
    public Tensor Df => this[0];

    private protected override Univariate Inner => new Gamma(0.5 * Df, Tensor.Scalar(0.5, DType));
}
