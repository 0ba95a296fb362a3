namespace ProbNet.Autodiff;

/// <summary>The same learning rate at every step.</summary>
public sealed class ConstantRate : Schedule
{
    private readonly double _rate;

    /// <summary>Creates the schedule.</summary>
    /// <param name="rate">The rate; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public ConstantRate(double rate) => _rate = HyperParameter.NonNegative(rate, nameof(ConstantRate), nameof(rate));

    /// <inheritdoc/>
    public override double At(long index) => _rate;
}
