using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = xᵖ on the positive numbers, element by element. ln |dy/dx| = ln |p| + (p − 1)·ln x.</summary>
public sealed class PowerTransform : Transform
{
    /// <summary>Creates the map.</summary>
    /// <param name="power">p: finite and not 0, with one sign throughout. 2 is the square, −1 the reciprocal.</param>
    /// <exception cref="ArgumentOutOfRangeException">The power is 0 or not finite, or changes its sign.</exception>
    public PowerTransform(Tensor power)
    {
        // The rule is that of a factor: finite, not 0, of one sign.
        IsIncreasing = new AffineTransform(0.0, power).IsIncreasing;
        Power = power;
    }

    /// <summary>p.</summary>
    public Tensor Power { get; }

    /// <inheritdoc/>
    public override Shape BatchShape => Power.Shape;

    /// <inheritdoc/>
    public override bool IsIncreasing { get; }

    internal override Tensor? Trend => Power.IsSymbolic ? Gradient.Stop(Power) : null;

    /// <inheritdoc/>
    public override Support Domain => Support.Positive;

    /// <inheritdoc/>
    public override Support Codomain => Support.Positive;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("power", Power)];

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
    {
        Tensor power = ParameterChecks.Literal(Power, x.DType);
        return (x.Pow(power), power.Abs().Log() + ((power - 1) * x.Log()));
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.Pow(ParameterChecks.Literal(Power, y.DType).Reciprocal());
}
