using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>A map in the opposite direction.</summary>
internal sealed class InvertedTransform(Transform inner) : Transform
{
    public override int EventRank => inner.OutputRank;

    public override int OutputRank => inner.EventRank;

    public override Shape BatchShape => inner.BatchShape;

    public override Support Domain => inner.Codomain;

    public override Support Codomain => inner.Domain;

    public override bool IsIncreasing => inner.IsIncreasing;

    internal override Tensor? Trend => inner.Trend;

    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => inner.Parameters;

    public override Tensor? Kinks => inner.Kinks is { } kinks ? inner.Forward(kinks) : null;

    public override Tensor Forward(Tensor x) => inner.Inverse(x);

    public override Tensor Inverse(Tensor y) => inner.Forward(y);

    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x) => inner.InverseAndLogDet(x);

    public override (Tensor Value, Tensor LogDet) InverseAndLogDet(Tensor y) => inner.ForwardAndLogDet(y);

    public override Shape ForwardShape(Shape shape) => inner.InverseShape(shape);

    public override Shape InverseShape(Shape shape) => inner.ForwardShape(shape);

    public override Transform Inverted() => inner;

    public override string ToString() => $"{inner}.Inverted()";
}
