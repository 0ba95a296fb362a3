using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>A map applied to each element of a larger argument, as one map.</summary>
internal sealed class IndependentTransform : Transform
{
    private readonly Transform _inner;
    private readonly int _axes;

    public IndependentTransform(Transform inner, int axes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(axes);
        _inner = inner;
        _axes = axes;
    }

    public override int EventRank => _inner.EventRank + _axes;

    public override int OutputRank => _inner.OutputRank + _axes;

    public override Shape BatchShape => _inner.BatchShape[..^Math.Min(_axes, _inner.BatchShape.Rank)];

    public override Support Domain => _inner.Domain;

    public override Support Codomain => _inner.Codomain;

    public override bool IsIncreasing => _inner.IsIncreasing;

    internal override Tensor? Trend => _inner.Trend;

    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => _inner.Parameters;

    public override Tensor Forward(Tensor x) => _inner.Forward(x);

    public override Tensor Inverse(Tensor y) => _inner.Inverse(y);

    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x) => Summed(_inner.ForwardAndLogDet(x));

    public override (Tensor Value, Tensor LogDet) InverseAndLogDet(Tensor y) => Summed(_inner.InverseAndLogDet(y));

    public override Shape ForwardShape(Shape shape) => _inner.ForwardShape(shape);

    public override Shape InverseShape(Shape shape) => _inner.InverseShape(shape);

    public override string ToString() => $"{_inner}.Independent({_axes})";

    /// <summary>The sum over the last axes.</summary>
    public static Tensor Total(Tensor logDet, int axes) => axes == 0 ? logDet : logDet.Sum(LastAxes(axes));

    private (Tensor Value, Tensor LogDet) Summed((Tensor Value, Tensor LogDet) pair) => (pair.Value, Total(pair.LogDet, _axes));
}
