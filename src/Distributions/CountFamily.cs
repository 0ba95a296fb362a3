using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>A family of whole numbers: its distribution function is constant between them.</summary>
public abstract class CountFamily : ParametricUnivariate
{
    private protected CountFamily(params ReadOnlySpan<FamilyParameter> parameters)
        : base(parameters)
    {
    }

    /// <inheritdoc/>
    public override Support Support => Support.NonNegativeIntegers;

    /// <inheritdoc/>
    public sealed override Measure Measure => Measure.Counting;

    /// <inheritdoc/>
    public sealed override Tensor LogDensity(Tensor value) => LogMass(value.Cast(DType));

    /// <inheritdoc/>
    public sealed override Tensor Cdf(Tensor value) => Guard(value, x => Steps(x, nameof(Cdf), MassUpTo, 0, 1), 1, Survival);

    /// <inheritdoc/>
    public sealed override Tensor LogCdf(Tensor value) => Guard(value, x => Steps(x, nameof(LogCdf), LogMassUpTo, double.NegativeInfinity, 0), 0, LogSurvival);

    /// <inheritdoc/>
    public sealed override Tensor Survival(Tensor value) => Guard(value, x => Steps(x, nameof(Survival), MassAbove, 1, 0), 1, Cdf);

    /// <inheritdoc/>
    public sealed override Tensor LogSurvival(Tensor value) => Guard(value, x => Steps(x, nameof(LogSurvival), LogMassAbove, 0, double.NegativeInfinity), 0, LogCdf);

    // The masses of all of these families have one peak.
    internal override Tensor? Peaks => Gradient.Stop(Mode).Unsqueeze(0);

    /// <summary>The least outcome.</summary>
    private protected virtual Tensor Bottom => 0.0;

    /// <summary>The greatest outcome.</summary>
    private protected virtual Tensor Top => double.PositiveInfinity;

    /// <summary>The log mass of an outcome.</summary>
    private protected abstract Tensor LogMass(Tensor k);

    /// <summary>P(K ≤ k) for an outcome k below the greatest.</summary>
    private protected abstract Tensor MassUpTo(Tensor k);

    /// <summary>ln P(K ≤ k).</summary>
    private protected virtual Tensor LogMassUpTo(Tensor k) => Numeric.Log(MassUpTo(k));

    /// <summary>P(K &gt; k) for an outcome k below the greatest.</summary>
    private protected abstract Tensor MassAbove(Tensor k);

    /// <summary>ln P(K &gt; k).</summary>
    private protected virtual Tensor LogMassAbove(Tensor k) => Numeric.Log(MassAbove(k));

    // A function of the outcome at or below the value; NaN for NaN.
    private Tensor Steps(Tensor value, string method, Func<Tensor, Tensor> function, double below, double above)
    {
        value = CheckValue(value, method);

        // A number so large that nothing lies above it stands in for ∞.
        Tensor under = value < Bottom, over = value >= Tensor.Minimum(ParameterChecks.Literal(Top, DType), 1e30);
        Tensor safe = Tensor.Where(under | over, Gradient.Stop(Support.InteriorPoint(DType)), value).Floor();
        Tensor inside = function(safe) + Tensor.Where(value.IsNaN(), value, 0.0);
        Tensor result = Tensor.Where(under, below, Tensor.Where(over, above, inside));
        return Bottom.IsLiteral && Top.IsLiteral ? result : Tensor.Where(Bottom.IsNaN() | Top.IsNaN(), double.NaN, result);
    }
}
