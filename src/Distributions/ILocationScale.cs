using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A family that is closed under x ↦ loc + scale·x with scale &gt; 0: how a prediction made in standardized units returns to the units of the data
/// with its type intact.
/// </summary>
/// <typeparam name="TSelf">The family.</typeparam>
public interface ILocationScale<TSelf> : IScale<TSelf> where TSelf : Distribution
{
    /// <summary>The distribution of loc + scale·X.</summary>
    /// <param name="loc">The shift.</param>
    /// <param name="scale">The factor, above 0.</param>
    TSelf AffineTransform(Tensor loc, Tensor scale);

    TSelf IScale<TSelf>.ScaleTransform(Tensor scale) => AffineTransform(0.0, scale);
}
