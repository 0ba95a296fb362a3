using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>One map after another.</summary>
internal sealed class ComposedTransform : Transform
{
    private readonly Transform _first, _second;
    private readonly int _firstAxes, _secondAxes;

    public ComposedTransform(Transform first, Transform second)
    {
        ArgumentNullException.ThrowIfNull(second);
        _first = first;
        _second = second;

        // The log-determinant of the map with the smaller events is summed over the axes that the other one takes in addition.
        _firstAxes = Math.Max(0, second.EventRank - first.OutputRank);
        _secondAxes = Math.Max(0, first.OutputRank - second.EventRank);
    }

    public override int EventRank => _first.EventRank + _firstAxes;

    public override int OutputRank => _second.OutputRank + _secondAxes;

    public override Shape BatchShape => Shape.Broadcast(Outer(_first.BatchShape, _firstAxes), Outer(_second.BatchShape, _secondAxes), "Transform.Then");

    public override Support Domain => _first.Domain;

    // What the second map makes of what the first one gives: its own codomain only if it is fed its whole domain.
    public override Support Codomain => ReferenceEquals(_first.Codomain, _second.Domain) ? _second.Codomain : new ImageSupport(_first.Codomain, _second);

    public override bool IsIncreasing => _first.IsIncreasing == _second.IsIncreasing;

    internal override Tensor? Trend => (_first.Trend, _second.Trend) switch
    {
        ({ } first, { } second) => first.Sign() * second.Sign(),
        ({ } first, null) => _second.IsIncreasing ? first : -first,
        (null, { } second) => _first.IsIncreasing ? second : -second,
        _ => null,
    };

    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [.. _first.Parameters, .. _second.Parameters];

    public override Tensor? Kinks
    {
        get
        {
            if (EventRank + OutputRank > 0)
            {
                return null;
            }

            // Numbers without a type of their own take that of the map they go through.
            Tensor? own = _first.Kinks, next = _second.Kinks;
            Tensor? before = next is null ? null : _first.Inverse(_first.Parameters is [var parameter, ..] ? next.Cast(parameter.Value.DType) : next);
            return own is null || before is null ? own ?? before : Tensor.Concat([Wide(own), Wide(before.Cast(own.DType))]);

            Tensor Wide(Tensor kinks)
            {
                int[] ones = [.. Enumerable.Repeat(1, BatchShape.Rank - kinks.Rank + 1)];
                return kinks.Reshape(kinks.Shape[..1].Concat(ones).Concat(kinks.Shape[1..])).BroadcastTo(kinks.Shape[..1].Concat(BatchShape));
            }
        }
    }

    public override Tensor Forward(Tensor x) => _second.Forward(_first.Forward(x));

    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
    {
        (Tensor middle, Tensor first) = _first.ForwardAndLogDet(x);
        (Tensor y, Tensor second) = _second.ForwardAndLogDet(middle);
        return (y, Add(first, second));
    }

    public override Tensor Inverse(Tensor y) => _first.Inverse(_second.Inverse(y));

    public override (Tensor Value, Tensor LogDet) InverseAndLogDet(Tensor y)
    {
        (Tensor middle, Tensor second) = _second.InverseAndLogDet(y);
        (Tensor x, Tensor first) = _first.InverseAndLogDet(middle);
        return (x, Add(first, second));
    }

    public override Shape ForwardShape(Shape shape) => _second.ForwardShape(_first.ForwardShape(shape));

    public override Shape InverseShape(Shape shape) => _first.InverseShape(_second.InverseShape(shape));

    public override string ToString() => $"{_first}.Then({_second})";

    private Tensor Add(Tensor first, Tensor second) => IndependentTransform.Total(first, _firstAxes) + IndependentTransform.Total(second, _secondAxes);

    // Parameters of a map of numbers may have fewer axes than a vector has.
    private static Shape Outer(Shape batch, int axes) => batch[..^Math.Min(axes, batch.Rank)];
}
