using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Binomial distributions of a fixed number of trials, by the logit of the probability of success.</summary>
internal sealed class BinomialFamily(int trials) : CountHeadFamily<Binomial>
{
    public override int ParameterCount => 1;

    public override Support TargetSupport => Support.IntegerInterval(0, trials);

    public override (double Mean, double StdDev) TypicalTargets => (0.5 * trials, 1);

    public override Binomial FromRaw(IReadOnlyList<Tensor> raw) => new(trials, ProbabilityParameter.FromRaw(raw[0]).Probability);

    public override IReadOnlyList<Tensor> ToRaw(Tensor mean, Tensor stdDev) => [ProbabilityParameter.ToRaw(mean / trials)];
}
