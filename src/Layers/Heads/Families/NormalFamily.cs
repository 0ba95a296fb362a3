using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Normals by loc and scale, the scale above a floor.</summary>
internal sealed class NormalFamily(double minScale) : HeadFamily<Normal>
{
    public override int ParameterCount => 2;

    public override TargetScaling Scaling => TargetScaling.Affine;

    public override Support TargetSupport => Support.Real;

    public override Normal FromRaw(IReadOnlyList<Tensor> raw) => new(raw[0], PositiveParameter.FromRaw(raw[1], minScale));

    public override IReadOnlyList<Tensor> ToRaw(Tensor mean, Tensor stdDev) => [mean, PositiveParameter.ToRaw(stdDev, minScale)];
}
