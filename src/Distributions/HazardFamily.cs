using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A family that is a monotone function of one exponential draw: H(Z) ~ Exponential(1), where the cumulative hazard H increases, so that
/// P(Z &gt; z) = exp(−H(z)), or decreases, so that P(Z ≤ z) = exp(−H(z)).
/// </summary>
public abstract class HazardFamily : LocationScaleFamily
{
    private protected HazardFamily(params ReadOnlySpan<FamilyParameter> parameters)
        : base(parameters)
    {
    }

    /// <summary>Whether H falls with z.</summary>
    private protected virtual bool IsDecreasing => false;

    /// <summary>H(z).</summary>
    private protected abstract Tensor Hazard(Tensor z);

    /// <summary>ln H(z), where H itself may underflow.</summary>
    private protected virtual Tensor LogHazard(Tensor z) => Hazard(z).Log();

    /// <summary>The z with H(z) = h, for h &gt; 0.</summary>
    private protected abstract Tensor InverseHazard(Tensor h);

    private protected sealed override Tensor StandardCdf(Tensor z) => IsDecreasing ? (-Hazard(z)).Exp() : -(-Hazard(z)).Expm1();

    private protected sealed override Tensor StandardLogCdf(Tensor z) => IsDecreasing ? -Hazard(z) : LogComplement(z);

    private protected sealed override Tensor StandardSurvival(Tensor z) => IsDecreasing ? -(-Hazard(z)).Expm1() : (-Hazard(z)).Exp();

    private protected sealed override Tensor StandardLogSurvival(Tensor z) => IsDecreasing ? LogComplement(z) : -Hazard(z);

    private protected sealed override Func<Tensor, Tensor>? StandardQuantile => p => InverseHazard(IsDecreasing ? -p.Log() : -(-p).Log1p());

    private protected sealed override Tensor StandardDraw(RandomKey key, Shape shape) => InverseHazard(key.Exponential(shape, DType));

    // ln(1 − e^−H); for small H by its series ln H − H/2 + H²/24, which needs only the logarithm.
    private Tensor LogComplement(Tensor z)
    {
        Tensor hazard = Hazard(z), small = hazard < 1e-4;
        Tensor inner = Tensor.Where(small, hazard, 0.0);
        Tensor series = LogHazard(z) - (0.5 * inner) + (inner.Square() / 24);
        return Tensor.Where(small, series, (-Tensor.Where(small, 1.0, hazard)).Log1mExp());
    }
}
