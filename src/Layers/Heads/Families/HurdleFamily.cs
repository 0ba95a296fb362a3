using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Counts of a family whose probability of zero is learned by itself: its logit, then the parameters of the family.</summary>
internal sealed class HurdleFamily<T>(HeadFamily<T> counts) : CountHeadFamily<Hurdle<T>> where T : Univariate
{
    public override int ParameterCount => 1 + counts.ParameterCount;

    public override Hurdle<T> FromRaw(IReadOnlyList<Tensor> raw) =>
        new(ProbabilityParameter.FromRaw(raw[0]).Probability, counts.FromRaw([.. raw.Skip(1)]));

    // The family as it is: its own probability of zero for the gate.
    public override IReadOnlyList<Tensor> ToRaw(Tensor mean, Tensor stdDev)
    {
        IReadOnlyList<Tensor> raw = counts.ToRaw(mean, stdDev);
        return [ProbabilityParameter.ToRaw(counts.FromRaw(raw).LogDensity(Tensor.ZerosLike(mean)).Exp()), .. raw];
    }
}
