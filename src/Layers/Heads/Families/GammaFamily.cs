using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Gamma distributions by the logarithm of their mean and their relative width, 1/√concentration, which is above a floor.</summary>
internal sealed class GammaFamily(double minWidth) : HeadFamily<Gamma>
{
    public override int ParameterCount => 2;

    public override TargetScaling Scaling => TargetScaling.ScaleOnly;

    // At 0 a density of concentration below 1 is infinite.
    public override Support TargetSupport => Support.Positive;

    public override (double Mean, double StdDev) TypicalTargets => (1, 1);

    public override Gamma FromRaw(IReadOnlyList<Tensor> raw)
    {
        Tensor concentration = PositiveParameter.FromRaw(raw[1], minWidth).Square().Reciprocal();
        return new(concentration, concentration / PositiveParameter.FromLog(raw[0]));
    }

    public override IReadOnlyList<Tensor> ToRaw(Tensor mean, Tensor stdDev) => [mean.Log(), PositiveParameter.ToRaw(stdDev / mean, minWidth)];
}
