using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A family that is closed under x ↦ scale·x with scale &gt; 0: how a prediction on the positive half-line made in scaled units returns to the
/// units of the data with its type intact.
/// </summary>
/// <typeparam name="TSelf">The family.</typeparam>
public interface IScale<TSelf> where TSelf : Distribution
{
    /// <summary>The distribution of scale·X.</summary>
    /// <param name="scale">The factor, above 0.</param>
    TSelf ScaleTransform(Tensor scale);
}
