using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Counts of a family with additional zeros: the logit of their probability, then the parameters of the family.</summary>
internal sealed class ZeroInflatedFamily<T>(HeadFamily<T> counts) : CountHeadFamily<ZeroInflated<T>> where T : Univariate
{
    private const double InitialGate = 0.1;

    public override int ParameterCount => 1 + counts.ParameterCount;

    public override ZeroInflated<T> FromRaw(IReadOnlyList<Tensor> raw) =>
        new(ProbabilityParameter.FromRaw(raw[0]).Probability, counts.FromRaw([.. raw.Skip(1)]));

    public override IReadOnlyList<Tensor> ToRaw(Tensor mean, Tensor stdDev) =>
        [ProbabilityParameter.ToRaw(Tensor.Full(mean.Shape, InitialGate, mean.DType)), .. counts.ToRaw(mean / (1 - InitialGate), stdDev)];
}
