namespace ProbNet.Autodiff;

/// <summary>rate · gamma^⌊index / stepSize⌋: the rate falls by a factor every <c>stepSize</c> steps, without end.</summary>
public sealed class StepDecay : Schedule
{
    private readonly double _rate;
    private readonly long _stepSize;
    private readonly double _gamma;

    /// <summary>Creates the schedule.</summary>
    /// <param name="rate">The rate of the first steps.</param>
    /// <param name="stepSize">How many steps share a rate.</param>
    /// <param name="gamma">The factor.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative, or the step size or the factor is not positive.</exception>
    public StepDecay(double rate, long stepSize, double gamma = 0.1)
    {
        _rate = HyperParameter.NonNegative(rate, nameof(StepDecay), nameof(rate));
        _stepSize = HyperParameter.AtLeast(1, stepSize, nameof(StepDecay), nameof(stepSize));
        _gamma = HyperParameter.Positive(gamma, nameof(StepDecay), nameof(gamma));
    }

    /// <inheritdoc/>
    public override double At(long index) => _rate * Math.Pow(_gamma, index / _stepSize);
}
