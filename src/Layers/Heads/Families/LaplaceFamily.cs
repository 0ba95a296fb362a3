using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Laplace distributions by loc and scale, the scale above a floor.</summary>
internal sealed class LaplaceFamily(double minScale) : HeadFamily<Laplace>
{
    public override int ParameterCount => 2;

    public override TargetScaling Scaling => TargetScaling.Affine;

    public override Support TargetSupport => Support.Real;

    public override Laplace FromRaw(IReadOnlyList<Tensor> raw) => new(raw[0], PositiveParameter.FromRaw(raw[1], minScale));

    // The standard deviation of a Laplace distribution is √2 times its scale.
    public override IReadOnlyList<Tensor> ToRaw(Tensor mean, Tensor stdDev) => [mean, PositiveParameter.ToRaw(stdDev / Math.Sqrt(2), minScale)];
}
