using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Von Mises distributions by a point of the plane, whose direction is the mean direction, without a jump anywhere on the circle, and by a width w, 1/√κ, which is
/// above a floor.
/// </summary>
internal sealed class VonMisesFamily(double minWidth) : HeadFamily<CircularVonMises>
{
    public override int ParameterCount => 3;

    public override TargetScaling Scaling => TargetScaling.None;

    public override Support TargetSupport { get; } = Support.Interval(-Math.PI, Math.PI);

    public override CircularVonMises FromRaw(IReadOnlyList<Tensor> raw)
    {
        // The origin has no direction: there it is that of the first axis, without a gradient. NaN has none either, and keeps it.
        Tensor away = !((raw[0].Square() + raw[1].Square()) <= 1e-12);
        Tensor direction = Tensor.Atan2(Tensor.Where(away, raw[1], 0.0), Tensor.Where(away, raw[0], 1.0));
        return new(direction, PositiveParameter.FromRaw(raw[2], minWidth).Square().Reciprocal());
    }

    // For a small width the standard deviation is about that width.
    public override IReadOnlyList<Tensor> ToRaw(Tensor mean, Tensor stdDev) => [mean.Cos(), mean.Sin(), PositiveParameter.ToRaw(stdDev, minWidth)];
}
