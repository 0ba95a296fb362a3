using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>What one of several supports contains. <paramref name="contains"/> lists them along a last axis that the value does not have.</summary>
internal sealed class UnionSupport(string name, bool isDiscrete, Func<Tensor, Tensor> contains, Func<DType, Tensor> interiorPoint) : Support
{
    public override string Name => name;

    public override bool IsDiscrete => isDiscrete;

    internal override bool IsFixed => false;

    public override Tensor Contains(Tensor value) => contains(value).Any(-1);

    public override Tensor InteriorPoint(DType dtype, Shape shape = default) => interiorPoint(dtype);
}
