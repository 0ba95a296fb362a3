using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// An invertible map with the logarithm of its volume change: for flows, constraints and transformed distributions alike. Only the fused
/// <see cref="ForwardAndLogDet"/> and <see cref="Inverse"/> must be given.
/// </summary>
public abstract class Transform
{
    /// <summary>How many of the last axes one argument takes: 0 for a map of numbers, element by element.</summary>
    public virtual int EventRank => 0;

    /// <summary>The shape of maps side by side: that of the parameters.</summary>
    public virtual Shape BatchShape => Shape.Scalar;

    /// <summary>What the map takes.</summary>
    public abstract Support Domain { get; }

    /// <summary>What it gives.</summary>
    public abstract Support Codomain { get; }

    /// <summary>For a map of numbers: whether it increases. One map does not do both.</summary>
    public virtual bool IsIncreasing => true;

    /// <summary>The parameters by name, for listings.</summary>
    public virtual IReadOnlyList<(string Name, Tensor Value)> Parameters => [];

    /// <summary>y = t(x) and ln |det ∂y/∂x|, the latter without the last <see cref="EventRank"/> axes.</summary>
    /// <param name="x">Points of the domain.</param>
    public abstract (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x);

    /// <summary>The x with t(x) = y.</summary>
    /// <param name="y">Points of the codomain.</param>
    public abstract Tensor Inverse(Tensor y);

    /// <summary>y = t(x).</summary>
    /// <param name="x">Points of the domain.</param>
    public virtual Tensor Forward(Tensor x) => ForwardAndLogDet(x).Value;

    /// <summary>x with t(x) = y and ln |det ∂x/∂y|.</summary>
    /// <param name="y">Points of the codomain.</param>
    public virtual (Tensor Value, Tensor LogDet) InverseAndLogDet(Tensor y)
    {
        Tensor x = Inverse(y);
        return (x, -ForwardAndLogDet(x).LogDet);
    }

    /// <summary>This map followed by another.</summary>
    /// <param name="next">The map applied to this one's results.</param>
    /// <exception cref="ArgumentException">One is a map of numbers, the other of vectors.</exception>
    public Transform Then(Transform next) => new ComposedTransform(this, next);

    /// <inheritdoc/>
    public override string ToString() => GetType().Name.Replace("Transform", "", StringComparison.Ordinal);
}
