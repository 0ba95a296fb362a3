using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts a continuous flow of up to 64 dimensions, whose log density has the exact divergence. Trained by flow matching (Lipman et al. 2023), or by the likelihood
/// (Chen et al. 2018). <see cref="HutchinsonFlowHead"/> is for more dimensions.
/// </summary>
/// <param name="dimension">The length of the vectors; 1 to 64.</param>
/// <param name="objective">By what it is trained.</param>
/// <param name="hidden">The widths of the network's hidden layers; two of 64 by default.</param>
/// <param name="activation">Between them, smooth; SiLU by default.</param>
/// <exception cref="ArgumentOutOfRangeException">The dimension is not in its range.</exception>
public sealed class ContinuousFlowHead(
    int dimension, FlowObjective objective = FlowObjective.FlowMatching, IReadOnlyList<int>? hidden = null, Activation? activation = null)
    : VelocityHead<ContinuousFlow>(RequireExact(dimension), objective, hidden, activation)
{
    /// <summary>The most dimensions in which the divergence is exact: a pass for each.</summary>
    public const int MaxDimension = Diffusion.MaxDimension;

    /// <inheritdoc/>
    public override ContinuousFlow Forward(Tensor features) => new(PathOf(features));

    /// <inheritdoc/>
    public override Tensor Loss(ContinuousFlow prediction, Tensor target, LossContext context)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        return Objective == FlowObjective.FlowMatching ? Matching(prediction.Path, target, context) : -prediction.LogDensity(target);
    }

    /// <inheritdoc/>
    public override ContinuousFlow Rescale(ContinuousFlow prediction, Tensor loc, Tensor scale)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        return new(prediction.Path.Rescaled(loc, scale));
    }

    internal static ContinuousFlowHead Create(LayerDescription d) =>
        new(d.Integer("dimension"), d.Choice<FlowObjective>("objective"), DenseTail.WidthsOf(d), LayerRegistry.FindActivation(d.Text("activation")))
        {
            Coupling = d.Choice<FlowCoupling>("coupling"), Steps = d.Integer("steps"), Tolerance = d.Number("tolerance"),
        };

    private static int RequireExact(int dimension) => dimension <= MaxDimension
        ? dimension
        : throw new ArgumentOutOfRangeException(nameof(dimension), dimension, FormattableString.Invariant(
            $"ContinuousFlowHead: {dimension} dimensions; the exact divergence is for at most {MaxDimension}. Use HutchinsonFlowHead."));
}
