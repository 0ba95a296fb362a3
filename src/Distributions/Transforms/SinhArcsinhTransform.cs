using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = sinh(tailweight·(arsinh x + skewness)), element by element (Jones and Pewsey 2009): a Normal becomes skewed to the right by a positive skewness, and
/// heavy-tailed by a tailweight above 1. ln |dy/dx| = ln t + ln cosh u − ½·ln(1 + x²) with u = t·(arsinh x + s).
/// </summary>
public sealed class SinhArcsinhTransform : Transform
{
    private const double LogTwo = 0.69314718055994530942;

    /// <summary>Creates the map.</summary>
    /// <param name="skewness">s; 0 for none.</param>
    /// <param name="tailweight">t; above 0, 1 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tailweight is not above 0.</exception>
    public SinhArcsinhTransform(Tensor skewness, Tensor tailweight)
    {
        ParameterChecks.Align(nameof(SinhArcsinhTransform), ref skewness, ref tailweight);
        Skewness = skewness;
        Tailweight = ParameterChecks.Positive(nameof(SinhArcsinhTransform), nameof(tailweight), tailweight);
        BatchShape = Shape.Broadcast(skewness.Shape, tailweight.Shape, nameof(SinhArcsinhTransform));
    }

    /// <summary>s.</summary>
    public Tensor Skewness { get; }

    /// <summary>t.</summary>
    public Tensor Tailweight { get; }

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.Real;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("skewness", Skewness), ("tailweight", Tailweight)];

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
    {
        Tensor u = Tailweight * (x.Asinh() + Skewness);
        Tensor logCosh = u + (-2 * u).Softplus() - LogTwo;
        return (u.Sinh(), Tailweight.Log() + logCosh - Tensor.Hypot(x, 1.0).Log());
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => ((y.Asinh() / Tailweight) - Skewness).Sinh();
}
