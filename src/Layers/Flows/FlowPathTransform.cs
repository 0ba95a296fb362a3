using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>From noise to data along a velocity field, to the tolerance of its solver.</summary>
internal sealed class FlowPathTransform(FlowPath path) : Transform
{
    public override int EventRank => 1;

    public override Shape BatchShape => path.BatchShape;

    public override Support Domain => Support.Real;

    public override Support Codomain => Support.Real;

    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x) => path.Map(x, toData: true);

    public override (Tensor Value, Tensor LogDet) InverseAndLogDet(Tensor y) => path.Map(y, toData: false);

    // Without the log-determinant, which takes a pass a coordinate.
    public override Tensor Forward(Tensor x) => path.Move(x, toData: true);

    public override Tensor Inverse(Tensor y) => path.Move(y, toData: false);

    public override string ToString() => "ContinuousFlow";
}
