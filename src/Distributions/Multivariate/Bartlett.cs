using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>What the Wishart distribution and its inverse share.</summary>
internal static class Bartlett
{
    /// <summary>
    /// Lower triangular A with A·Aᵀ Wishart-distributed with unit scale (Bartlett 1933): roots of χ²(ν − i) on the diagonal, i from 0, with implicit gradients, and
    /// standard Normals below it.
    /// </summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="df">ν, [...].</param>
    /// <param name="n">The number of rows.</param>
    /// <param name="shape">The sample shape.</param>
    /// <param name="least">What roots below it are drawn as.</param>
    public static Tensor Sample(RandomKey key, Tensor df, int n, Shape shape, double least = 0)
    {
        (RandomKey diagonal, RandomKey below) = key.Split();
        Tensor log = 0.5 * (Gamma.StandardLogSample(diagonal, Shapes(df, n), shape) + Math.Log(2));
        Tensor root = (least > 0 ? log.Clip(min: Math.Log(least)) : log).Exp();
        return below.Normal(root.Shape.Concat([n]), df.DType).Tril(-1) + root.DiagEmbed();
    }

    /// <summary>ν, which must be above n − 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static Tensor RequireDf(string family, Tensor df, Tensor scaleTril)
    {
        df = ParameterChecks.Literal(df, scaleTril.DType);
        int n = scaleTril.Shape[-1];
        if (!df.IsSymbolic && df.ToDoubles().Cast<double?>().FirstOrDefault(x => x <= n - 1 || double.IsPositiveInfinity(x!.Value)) is { } wrong)
        {
            throw new ArgumentOutOfRangeException(
                nameof(df), wrong, FormattableString.Invariant($"{family}: df must be above n − 1 = {n - 1} and finite for matrices of {n} rows, but one is {wrong:R}."));
        }

        return df;
    }

    /// <summary>Σ ψ(ν/2 − i/2), i = 0 … n − 1.</summary>
    public static Tensor Digammas(Tensor df, int n) => Shapes(df, n).Digamma().Sum(-1);

    /// <summary>
    /// The log density of the triangle A at T as a function of ½·Tᵢᵢ² and what is below the diagonal, times powers of Tᵢᵢ: logarithms of gamma functions do not appear,
    /// and large degrees of freedom do not cancel.
    /// </summary>
    /// <param name="df">ν, [...].</param>
    /// <param name="triangle">T, [..., n, n].</param>
    /// <param name="powers">The powers, those of the Jacobian included, [n].</param>
    public static Tensor LogDensity(Tensor df, Tensor triangle, Tensor powers)
    {
        int n = triangle.Shape[-1];
        Tensor diagonal = triangle.Diagonal();
        Tensor gammas = GammaLogDensity.Instance.Apply(Shapes(df, n), 0.5 * diagonal.Square());
        return (gammas + (powers * diagonal.Log())).Sum(-1) - (0.5 * triangle.Tril(-1).Square().Sum([-2, -1])) - LogVolume(n);
    }

    /// <summary>Minus the mean of <see cref="LogDensity"/>.</summary>
    public static Tensor Entropy(Tensor df, int n, Tensor powers)
    {
        Tensor shapes = Shapes(df, n), logs = 0.5 * (shapes.Digamma() + Math.Log(2));
        return (GammaEntropy.Of(shapes) - (powers * logs)).Sum(-1) + (0.25 * n * (n - 1)) + LogVolume(n);
    }

    /// <summary>first, first + 1, …, [n].</summary>
    public static Tensor Powers(double first, int n, DType dtype) => Tensor.Arange(n, dtype) + first;

    // ½(ν − i), i = 0 … n − 1: ½·Aᵢᵢ² is a Gamma variate of this shape.
    private static Tensor Shapes(Tensor df, int n) => 0.5 * (df.Unsqueeze(-1) - Tensor.Arange(n, df.DType));

    // Of the Normals below the diagonal, and ln 2 for each root of χ².
    private static double LogVolume(int n) => (0.5 * n * (n - 1) * Constants.HalfLogTwoPi) + (n * Math.Log(2));

    /// <summary>A number for each matrix, to multiply it with.</summary>
    public static Tensor Wide(Tensor x) => x.Unsqueeze(-1).Unsqueeze(-1);
}
