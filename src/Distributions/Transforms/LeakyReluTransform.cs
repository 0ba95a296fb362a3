using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = x for x ≥ 0, else slope·x, element by element. ln |dy/dx| is 0 or ln slope.</summary>
public sealed class LeakyReluTransform : Transform
{
    /// <summary>Creates the map.</summary>
    /// <param name="negativeSlope">The slope below 0; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is not above 0.</exception>
    public LeakyReluTransform(double negativeSlope = 0.01)
    {
        if (!(negativeSlope > 0 && double.IsFinite(negativeSlope)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(negativeSlope), negativeSlope, "LeakyReluTransform: negativeSlope must be above 0 and finite, or the map has no inverse.");
        }

        NegativeSlope = negativeSlope;
    }

    /// <summary>The slope below 0.</summary>
    public double NegativeSlope { get; }

    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.Real;

    /// <inheritdoc/>
    public override Tensor? Kinks => Tensor.From([0.0]).AsFree();

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x) => (
        Tensor.Where(x < 0, NegativeSlope * x, x), Tensor.Where(x < 0, Constant(Math.Log(NegativeSlope), x), 0.0));

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => Tensor.Where(y < 0, y / NegativeSlope, y);
}
