using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The Pareto distribution: P(X &gt; x) = (λ/x)^α on [λ, ∞).</summary>
public sealed class Pareto : ParetoFamily, IScale<Pareto>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="scale">λ; above 0. The least value.</param>
    /// <param name="alpha">α, the tail index; above 0. Moments of order α and more are infinite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Pareto(Tensor scale, Tensor alpha)
        : base(FamilyParameter.Positive(nameof(scale), scale), FamilyParameter.Positive(nameof(alpha), alpha))
    {
    }

    /// <summary>λ; above 0. The least value.</summary>
    public Tensor Scale => this[0];

    /// <summary>α, the tail index; above 0. Moments of order α and more are infinite.</summary>
    public Tensor Alpha => this[1];

    /// <inheritdoc/>
    public override Support Support => new IntervalSupport(Scale, double.PositiveInfinity, "[scale, ∞)", lowClosed: true);

    /// <inheritdoc/>
    public Pareto ScaleTransform(Tensor scale) => new(scale * Scale, Alpha);

    private protected override Tensor? Origin => Scale;

    private protected override Tensor? Unit => Scale;

    private protected override Tensor TailIndex => Alpha;
}
