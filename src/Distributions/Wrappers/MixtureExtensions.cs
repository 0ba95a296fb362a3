using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>What a mixture can do when its components can.</summary>
public static class MixtureExtensions
{
    /// <summary>The distribution of loc + scale·X: again a mixture of the same family.</summary>
    /// <param name="mixture">The distribution of X.</param>
    /// <param name="loc">The shift, of a shape that broadcasts with the batch.</param>
    /// <param name="scale">The factor, above 0.</param>
    public static Mixture<T> AffineTransform<T>(this Mixture<T> mixture, Tensor loc, Tensor scale) where T : Univariate, ILocationScale<T> =>
        new(mixture.Logits, mixture.Components.AffineTransform(PerComponent(loc), PerComponent(scale)));

    /// <summary>The distribution of scale·X: again a mixture of the same family.</summary>
    /// <param name="mixture">The distribution of X.</param>
    /// <param name="scale">The factor, above 0.</param>
    public static Mixture<T> ScaleTransform<T>(this Mixture<T> mixture, Tensor scale) where T : Univariate, IScale<T> =>
        new(mixture.Logits, mixture.Components.ScaleTransform(PerComponent(scale)));

    private static Tensor PerComponent(Tensor x) => x.Rank == 0 ? x : x.Unsqueeze(-1);
}
