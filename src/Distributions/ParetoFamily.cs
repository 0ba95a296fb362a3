using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>A family with a power law for a tail: P(Z &gt; z) = (1 + z)^−α on [0, ∞).</summary>
public abstract class ParetoFamily : HazardFamily
{
    private protected ParetoFamily(params ReadOnlySpan<FamilyParameter> parameters)
        : base(parameters)
    {
    }

    /// <summary>α.</summary>
    private protected abstract Tensor TailIndex { get; }

    private protected sealed override Tensor Bottom => 0.0;

    private protected sealed override Tensor? StandardMean =>
        Tensor.Where(TailIndex > 1, 1 / (Tensor.Where(TailIndex > 1, TailIndex, 2.0) - 1), double.PositiveInfinity);

    private protected sealed override Tensor? StandardVariance
    {
        get
        {
            Tensor finite = TailIndex > 2, a = Tensor.Where(finite, TailIndex, 3.0);
            return Tensor.Where(finite, a / ((a - 1).Square() * (a - 2)), double.PositiveInfinity);
        }
    }

    private protected sealed override Tensor? StandardMode => 0.0;

    private protected sealed override Tensor? StandardEntropy => 1 + (1 / TailIndex) - TailIndex.Log();

    private protected sealed override Func<Tensor, Tensor>? StandardCrps => z => ClosedFormCrps.Pareto(TailIndex, z);

    private protected sealed override Tensor StandardLogDensity(Tensor z) => TailIndex.Log() - ((TailIndex + 1) * z.Log1p());

    private protected sealed override Tensor Hazard(Tensor z) => TailIndex * z.Log1p();

    private protected sealed override Tensor InverseHazard(Tensor h) => (h / TailIndex).Expm1();
}
