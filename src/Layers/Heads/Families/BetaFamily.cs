using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Beta distributions by the logit of their mean m and their width, 1/√(a + b), which is above a floor: the standard deviation is √(m·(1 − m))·w/√(1 + w²).
/// </summary>
internal sealed class BetaFamily(double minWidth) : HeadFamily<Beta>
{
    public override int ParameterCount => 2;

    public override TargetScaling Scaling => TargetScaling.None;

    // At the ends a density of concentration below 1 is infinite.
    public override Support TargetSupport => Support.UnitInterval;

    public override (double Mean, double StdDev) TypicalTargets => (0.5, 0.25);

    public override Beta FromRaw(IReadOnlyList<Tensor> raw)
    {
        Tensor total = PositiveParameter.FromRaw(raw[1], minWidth).Square().Reciprocal();
        (Tensor mean, Tensor rest) = ProbabilityParameter.FromRaw(raw[0]);
        return new(mean * total, rest * total);
    }

    public override IReadOnlyList<Tensor> ToRaw(Tensor mean, Tensor stdDev)
    {
        Tensor m = mean.Clip(0.01, 0.99), part = Tensor.Minimum(stdDev.Square() / (m * (1 - m)), 0.9);
        return [ProbabilityParameter.ToRaw(m), PositiveParameter.ToRaw((part / (1 - part)).Sqrt(), minWidth)];
    }
}
