namespace ProbNet.Distributions;

/// <summary>A distribution fitted to data, and how well.</summary>
/// <typeparam name="T">The family.</typeparam>
/// <param name="Distribution">The fitted distribution, not batched.</param>
/// <param name="LogLikelihood">Σ wᵢ·ln f(xᵢ), in nats.</param>
/// <param name="ParameterCount">How many numbers were fitted.</param>
/// <param name="Count">The number of observations; with weights, their sum.</param>
/// <param name="Iterations">Steps of the optimizer; 0 for a closed form.</param>
/// <param name="Converged">Whether the gradient vanished; true for a closed form.</param>
public sealed record FitResult<T>(T Distribution, double LogLikelihood, int ParameterCount, double Count, int Iterations, bool Converged) where T : Distribution
{
    /// <summary>Akaike's criterion 2k − 2·ln L (Akaike 1974); the family with the least is preferred.</summary>
    public double Aic => (2 * ParameterCount) - (2 * LogLikelihood);

    /// <summary>The Bayesian criterion k·ln n − 2·ln L (Schwarz 1978); the family with the least is preferred.</summary>
    public double Bic => (ParameterCount * Math.Log(Count)) - (2 * LogLikelihood);

    /// <inheritdoc/>
    public override string ToString()
    {
        string search = Iterations == 0 ? "closed form" : FormattableString.Invariant($"{(Converged ? "" : "NOT converged after ")}{Iterations} steps");
        return FormattableString.Invariant($"{Distribution}: log likelihood {LogLikelihood:G6}, AIC {Aic:G6}, BIC {Bic:G6}, {search}");
    }
}
