using System.Runtime.CompilerServices;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>A map that remembers where its results came from, by the identity of the result's tensor.</summary>
internal sealed class CachedTransform(Transform inner) : Transform
{
    // Keyed by reference and weak: an entry goes when the result does, and threads do not see each other's half-written pairs.
    private readonly ConditionalWeakTable<Tensor, Origin> _origins = [];

    public override int EventRank => inner.EventRank;

    public override int OutputRank => inner.OutputRank;

    public override Shape BatchShape => inner.BatchShape;

    public override Support Domain => inner.Domain;

    public override Support Codomain => inner.Codomain;

    public override bool IsIncreasing => inner.IsIncreasing;

    internal override Tensor? Trend => inner.Trend;

    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => inner.Parameters;

    public override Tensor? Kinks => inner.Kinks;

    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
    {
        (Tensor y, Tensor logDet) = inner.ForwardAndLogDet(x);
        _origins.AddOrUpdate(y, new Origin(x, logDet));
        return (y, logDet);
    }

    public override Tensor Inverse(Tensor y) => _origins.TryGetValue(y, out Origin? origin) ? origin.X : inner.Inverse(y);

    public override (Tensor Value, Tensor LogDet) InverseAndLogDet(Tensor y) =>
        _origins.TryGetValue(y, out Origin? origin) ? (origin.X, -origin.LogDet) : inner.InverseAndLogDet(y);

    public override Shape ForwardShape(Shape shape) => inner.ForwardShape(shape);

    public override Shape InverseShape(Shape shape) => inner.InverseShape(shape);

    public override string ToString() => $"{inner}.Cached()";

    private sealed record Origin(Tensor X, Tensor LogDet);
}
