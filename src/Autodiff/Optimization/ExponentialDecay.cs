namespace ProbNet.Autodiff;

/// <summary>rate · gamma^index, without end.</summary>
public sealed class ExponentialDecay : Schedule
{
    private readonly double _rate;
    private readonly double _gamma;

    /// <summary>Creates the schedule.</summary>
    /// <param name="rate">The rate of the first step.</param>
    /// <param name="gamma">The factor from one step to the next.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative, or the factor is not positive.</exception>
    public ExponentialDecay(double rate, double gamma)
    {
        _rate = HyperParameter.NonNegative(rate, nameof(ExponentialDecay), nameof(rate));
        _gamma = HyperParameter.Positive(gamma, nameof(ExponentialDecay), nameof(gamma));
    }

    /// <inheritdoc/>
    public override double At(long index) => _rate * Math.Pow(_gamma, index);
}
