using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>What the Wishart distribution and its inverse share.</summary>
internal static class Bartlett
{
    /// <summary>
    /// Lower triangular A with A·Aᵀ Wishart-distributed with unit scale (Bartlett 1933): roots of χ²(ν − i) on the diagonal, i from 0, with implicit gradients, and
    /// standard Normals below it.
    /// </summary>
    public static Tensor Sample(RandomKey key, Tensor df, int n, Shape shape)
    {
        (RandomKey diagonal, RandomKey below) = key.Split();
        Tensor half = 0.5 * (df.Unsqueeze(-1) - Tensor.Arange(n, df.DType));
        Tensor root = (0.5 * (Gamma.StandardLogSample(diagonal, half, shape) + Math.Log(2))).Exp();
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
    public static Tensor Digammas(Tensor df, int n) => (0.5 * (df.Unsqueeze(-1) - Tensor.Arange(n, df.DType))).Digamma().Sum(-1);

    /// <summary>A number for each matrix, to multiply it with.</summary>
    public static Tensor Wide(Tensor x) => x.Unsqueeze(-1).Unsqueeze(-1);
}
