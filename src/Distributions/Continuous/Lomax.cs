using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The Lomax distribution, a Pareto distribution that starts at 0: P(X &gt; x) = (1 + x/λ)^−α on [0, ∞).</summary>
public sealed class Lomax : ParetoFamily, IScale<Lomax>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="scale">λ; above 0.</param>
    /// <param name="alpha">α, the tail index; above 0. Moments of order α and more are infinite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Lomax(Tensor scale, Tensor alpha)
        : base(FamilyParameter.Positive(nameof(scale), scale), FamilyParameter.Positive(nameof(alpha), alpha))
    {
    }

    /// <summary>λ; above 0.</summary>
    public Tensor Scale => this[0];

    /// <summary>α, the tail index; above 0. Moments of order α and more are infinite.</summary>
    public Tensor Alpha => this[1];

    /// <inheritdoc/>
    public override Support Support => Support.NonNegative;

    /// <inheritdoc/>
    public Lomax ScaleTransform(Tensor scale) => new(scale * Scale, Alpha);

    private protected override Tensor? Unit => Scale;

    private protected override Tensor TailIndex => Alpha;
}
