using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Poisson distributions by the logarithm of their rate.</summary>
internal sealed class PoissonFamily : CountHeadFamily<Poisson>
{
    public override int ParameterCount => 1;

    public override Poisson FromRaw(IReadOnlyList<Tensor> raw) => new(PositiveParameter.FromLog(raw[0]));

    public override IReadOnlyList<Tensor> ToRaw(Tensor mean, Tensor stdDev) => [PositiveParameter.ToLog(mean)];
}
