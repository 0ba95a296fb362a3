using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts counts by a Poisson distribution: Poisson regression on the features. The rate is the exponential of the raw parameter, which beyond ±20
/// grows as a logarithm only: rates of half a billion are far off, and none overflows.
/// </summary>
public sealed class PoissonHead : UnivariateHead<Poisson>
{
    private const double Knee = 20;

    /// <summary>Creates the head.</summary>
    /// <param name="outputs">Counts an example; null for one, with targets of shape [n].</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one output.</exception>
    public PoissonHead(int? outputs = null) : base(1, outputs)
    {
    }

    /// <inheritdoc/>
    public override TargetScaling Scaling => TargetScaling.None;

    /// <inheritdoc/>
    protected override Support TargetSupport => Support.NonNegativeIntegers;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["outputs"] = Outputs });

    /// <inheritdoc/>
    public override Poisson Rescale(Poisson prediction, Tensor loc, Tensor scale) => prediction;

    /// <inheritdoc/>
    protected override Poisson FromParameters(Tensor raw)
    {
        Tensor x = Parameter(raw, 0), core = x.Clip(-Knee, Knee), excess = x - core;
        return new((core + (excess.Sign() * excess.Abs().Log1p())).Exp());
    }

    /// <inheritdoc/>
    protected override TargetStatistics TypicalTargets(DType dtype) => base.TypicalTargets(dtype) with { Mean = Tensor.Ones(TargetShape, dtype) };

    /// <inheritdoc/>
    protected override Tensor InitialParameters(TargetStatistics statistics) => Tensor.Maximum(statistics.Mean, 0.01).Log().Unsqueeze(-1);
}
