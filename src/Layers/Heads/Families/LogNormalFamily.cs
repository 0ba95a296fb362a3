using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Log-normal distributions by loc and scale of the logarithm, the scale above a floor.</summary>
internal sealed class LogNormalFamily(double minScale) : HeadFamily<LogNormal>
{
    public override int ParameterCount => 2;

    public override TargetScaling Scaling => TargetScaling.ScaleOnly;

    public override Support TargetSupport => Support.Positive;

    public override (double Mean, double StdDev) TypicalTargets => (1, 1);

    public override LogNormal FromRaw(IReadOnlyList<Tensor> raw) => new(raw[0], PositiveParameter.FromRaw(raw[1], minScale));

    // Mean exp(μ + σ²/2), and variance (exp(σ²) − 1) times its square.
    public override IReadOnlyList<Tensor> ToRaw(Tensor mean, Tensor stdDev)
    {
        Tensor variance = (stdDev / mean).Square().Log1p();
        return [mean.Log() - (0.5 * variance), PositiveParameter.ToRaw(variance.Sqrt(), minScale)];
    }
}
