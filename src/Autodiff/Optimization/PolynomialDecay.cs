namespace ProbNet.Autodiff;

/// <summary>end + (rate − end) · (1 − index/totalSteps)^power; from <c>totalSteps</c> on, the end rate.</summary>
public sealed class PolynomialDecay : Schedule
{
    private readonly double _rate;
    private readonly long _totalSteps;
    private readonly double _power;
    private readonly double _endRate;

    /// <summary>Creates the schedule.</summary>
    /// <param name="rate">The rate of the first step.</param>
    /// <param name="totalSteps">The index at which the end rate is reached.</param>
    /// <param name="power">The exponent; 1 is a straight line.</param>
    /// <param name="endRate">The rate from <paramref name="totalSteps"/> on.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is negative, or the number of steps or the exponent is not positive.</exception>
    public PolynomialDecay(double rate, long totalSteps, double power = 1, double endRate = 0)
    {
        _rate = HyperParameter.NonNegative(rate, nameof(PolynomialDecay), nameof(rate));
        _totalSteps = HyperParameter.AtLeast(1, totalSteps, nameof(PolynomialDecay), nameof(totalSteps));
        _power = HyperParameter.Positive(power, nameof(PolynomialDecay), nameof(power));
        _endRate = HyperParameter.NonNegative(endRate, nameof(PolynomialDecay), nameof(endRate));
    }

    /// <inheritdoc/>
    public override double At(long index) =>
        _endRate + ((_rate - _endRate) * Math.Pow(1 - ((double)Math.Min(index, _totalSteps) / _totalSteps), _power));
}
