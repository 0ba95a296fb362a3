using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The Erlang distribution, of the waiting time until the k-th event of a Poisson process: a Gamma with a whole concentration.</summary>
public sealed class Erlang : EquivalentFamily, IScale<Erlang>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="concentration">k, the number of events; a whole number from 1.</param>
    /// <param name="rate">λ, the events per unit of time; above 0. The mean is k/λ.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Erlang(Tensor concentration, Tensor rate)
        : base(FamilyParameter.PositiveCount(nameof(concentration), concentration), FamilyParameter.Positive(nameof(rate), rate))
    {
    }

    /// <summary>k, the number of events; a whole number from 1.</summary>
    public Tensor Concentration => this[0];

    /// <summary>λ, the events per unit of time; above 0. The mean is k/λ.</summary>
    public Tensor Rate => this[1];

    /// <inheritdoc/>
    public Erlang ScaleTransform(Tensor scale) => new(Concentration, Rate / scale);

    private protected override Univariate Inner => new Gamma(Concentration, Rate);
}
