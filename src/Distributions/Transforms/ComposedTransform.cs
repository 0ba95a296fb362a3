using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>One map after another.</summary>
internal sealed class ComposedTransform : Transform
{
    private readonly Transform _first, _second;

    public ComposedTransform(Transform first, Transform second)
    {
        ArgumentNullException.ThrowIfNull(second);
        if (first.EventRank != second.EventRank)
        {
            throw new ArgumentException(
                $"Transform.Then: {first} takes {first.EventRank} event axes and {second} takes {second.EventRank}; both must take as many.", nameof(second));
        }

        _first = first;
        _second = second;
    }

    public override int EventRank => _first.EventRank;

    public override Shape BatchShape => Shape.Broadcast(_first.BatchShape, _second.BatchShape, "Transform.Then");

    public override Support Domain => _first.Domain;

    // What the second map makes of what the first one gives: its own codomain only if it is fed its whole domain.
    public override Support Codomain => ReferenceEquals(_first.Codomain, _second.Domain) ? _second.Codomain : new ImageSupport(_first.Codomain, _second);

    public override bool IsIncreasing => _first.IsIncreasing == _second.IsIncreasing;

    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [.. _first.Parameters, .. _second.Parameters];

    public override Tensor Forward(Tensor x) => _second.Forward(_first.Forward(x));

    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
    {
        (Tensor middle, Tensor first) = _first.ForwardAndLogDet(x);
        (Tensor y, Tensor second) = _second.ForwardAndLogDet(middle);
        return (y, first + second);
    }

    public override Tensor Inverse(Tensor y) => _first.Inverse(_second.Inverse(y));

    public override (Tensor Value, Tensor LogDet) InverseAndLogDet(Tensor y)
    {
        (Tensor middle, Tensor second) = _second.InverseAndLogDet(y);
        (Tensor x, Tensor first) = _first.InverseAndLogDet(middle);
        return (x, first + second);
    }

    public override string ToString() => $"{_first}.Then({_second})";
}
