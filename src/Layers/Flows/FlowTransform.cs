using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>The steps of a flow one after the other, bound to the features of some examples: a map of vectors for each of them.</summary>
internal sealed class FlowTransform(IReadOnlyList<Transform> steps, int dimension, Shape batch) : Transform
{
    private readonly Shape _each = batch.Concat([dimension]);

    public override int EventRank => 1;

    public override Shape BatchShape => batch;

    public override Support Domain => Support.Real;

    public override Support Codomain => Support.Real;

    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x) => Pass(x, steps, static (step, x) => step.ForwardAndLogDet(x));

    public override (Tensor Value, Tensor LogDet) InverseAndLogDet(Tensor y) => Pass(y, steps.Reverse(), static (step, y) => step.InverseAndLogDet(y));

    public override Tensor Forward(Tensor x) => steps.Aggregate(Spread(x), static (x, step) => step.Forward(x));

    public override Tensor Inverse(Tensor y) => steps.Reverse().Aggregate(Spread(y), static (y, step) => step.Inverse(y));

    public override string ToString() => "Flow";

    private (Tensor Value, Tensor LogDet) Pass(Tensor x, IEnumerable<Transform> order, Func<Transform, Tensor, (Tensor Value, Tensor LogDet)> direction)
    {
        x = Spread(x);
        Tensor? total = null;
        foreach (Transform step in order)
        {
            (x, Tensor logDet) = direction(step, x);
            total = total is null ? logDet : total + logDet;
        }

        return (x, total ?? Tensor.Zeros(x.Shape[..^1], x.DType));
    }

    // Every example has a map of its own: one point for all of them becomes one for each.
    private Tensor Spread(Tensor x)
    {
        Shape all = Shape.Broadcast(x.Shape, _each, "Flow");
        return all == x.Shape ? x : x.BroadcastTo(all);
    }
}
