using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts a continuous flow of any dimension, whose log density can only be estimated (Grathwohl et al. 2019). Trained by flow matching, or by an unbiased estimate of the
/// likelihood with one random direction an example.
/// </summary>
/// <param name="dimension">The length of the vectors; at least 1.</param>
/// <param name="objective">By what it is trained.</param>
/// <param name="hidden">The widths of the network's hidden layers; two of 64 by default.</param>
/// <param name="activation">Between them, smooth; SiLU by default.</param>
public sealed class HutchinsonFlowHead(
    int dimension, FlowObjective objective = FlowObjective.FlowMatching, IReadOnlyList<int>? hidden = null, Activation? activation = null)
    : VelocityHead<HutchinsonFlow>(dimension, objective, hidden, activation)
{
    /// <inheritdoc/>
    public override HutchinsonFlow Forward(Tensor features) => new(PathOf(features));

    /// <inheritdoc/>
    public override Tensor Loss(HutchinsonFlow prediction, Tensor target, LossContext context)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        return Objective == FlowObjective.FlowMatching ? Matching(prediction.Path, target, context) : -prediction.Path.LogDensity(target, context.Key);
    }

    /// <inheritdoc/>
    public override HutchinsonFlow Rescale(HutchinsonFlow prediction, Tensor loc, Tensor scale)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        return new(prediction.Path.Rescaled(loc, scale));
    }

    internal static HutchinsonFlowHead Create(LayerDescription d) =>
        new(d.Integer("dimension"), d.Choice<FlowObjective>("objective"), DenseTail.WidthsOf(d), LayerRegistry.FindActivation(d.Text("activation")))
        {
            Coupling = d.Choice<FlowCoupling>("coupling"), Steps = d.Integer("steps"), Tolerance = d.Number("tolerance"),
        };
}
