using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Logistic distributions by loc and scale, the scale above a floor.</summary>
internal sealed class LogisticFamily(double minScale) : HeadFamily<Logistic>
{
    public override int ParameterCount => 2;

    public override TargetScaling Scaling => TargetScaling.Affine;

    public override Support TargetSupport => Support.Real;

    public override Logistic FromRaw(IReadOnlyList<Tensor> raw) => new(raw[0], PositiveParameter.FromRaw(raw[1], minScale));

    // The standard deviation of a logistic distribution is π/√3 times its scale.
    public override IReadOnlyList<Tensor> ToRaw(Tensor mean, Tensor stdDev) => [mean, PositiveParameter.ToRaw(stdDev * (Math.Sqrt(3) / Math.PI), minScale)];
}
