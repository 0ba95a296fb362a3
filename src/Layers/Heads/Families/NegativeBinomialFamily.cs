using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Negative binomial distributions by the logarithm of their mean μ and their excess over a Poisson: the variance is μ + e·μ², with e = 1/r between
/// 10⁻³ and 10⁴.
/// </summary>
internal sealed class NegativeBinomialFamily : CountHeadFamily<NegativeBinomial>
{
    private const double MinExcess = 1e-3;
    private const double MaxExcess = 1e4;

    public override int ParameterCount => 2;

    public override NegativeBinomial FromRaw(IReadOnlyList<Tensor> raw)
    {
        // p = μ/(μ + r) is the logistic function of ln μ − ln r, kept off the ends in single precision.
        Tensor excess = Tensor.Minimum(PositiveParameter.FromRaw(raw[1], MinExcess), MaxExcess);
        (Tensor probability, _) = ProbabilityParameter.FromRaw(PositiveParameter.TamedLog(raw[0]) + excess.Log());
        return new(excess.Reciprocal(), probability);
    }

    public override IReadOnlyList<Tensor> ToRaw(Tensor mean, Tensor stdDev)
    {
        Tensor m = Tensor.Maximum(mean, 0.01), excess = ((stdDev.Square() - m) / m.Square()).Clip(0.01, 100);
        return [ProbabilityParameter.Unsaturate(m.Log() + excess.Log()) - excess.Log(), PositiveParameter.ToRaw(excess, MinExcess)];
    }
}
