namespace ProbNet.Autodiff;

/// <summary>
/// One cycle (Smith, Topin 2018; PyTorch's OneCycleLR with cosine annealing): from maxRate/divFactor up to maxRate over the first part of the training,
/// then down to maxRate/(divFactor·finalDivFactor), which also holds beyond the end.
/// </summary>
public sealed class OneCycle : Schedule
{
    private readonly double _maxRate;
    private readonly long _totalSteps;
    private readonly double _peak;
    private readonly double _initialRate;
    private readonly double _finalRate;

    /// <summary>Creates the schedule.</summary>
    /// <param name="maxRate">The highest rate.</param>
    /// <param name="totalSteps">The number of steps of the whole training.</param>
    /// <param name="increasingPart">The part of the training, in [0, 1], in which the rate rises.</param>
    /// <param name="divFactor">The highest rate over the first.</param>
    /// <param name="finalDivFactor">The first rate over the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of its range.</exception>
    public OneCycle(double maxRate, long totalSteps, double increasingPart = 0.3, double divFactor = 25, double finalDivFactor = 1e4)
    {
        _maxRate = HyperParameter.NonNegative(maxRate, nameof(OneCycle), nameof(maxRate));
        _totalSteps = HyperParameter.AtLeast(1, totalSteps, nameof(OneCycle), nameof(totalSteps));
        _peak = (HyperParameter.UnitInterval(increasingPart, nameof(OneCycle), nameof(increasingPart)) * totalSteps) - 1;
        _initialRate = maxRate / HyperParameter.Positive(divFactor, nameof(OneCycle), nameof(divFactor));
        _finalRate = _initialRate / HyperParameter.Positive(finalDivFactor, nameof(OneCycle), nameof(finalDivFactor));
    }

    /// <inheritdoc/>
    public override double At(long index)
    {
        double last = _totalSteps - 1;
        return index >= last ? _finalRate
            : index <= _peak ? Between(_initialRate, _maxRate, index / _peak)
            : Between(_maxRate, _finalRate, (index - _peak) / (last - _peak));
    }

    private static double Between(double start, double end, double part) =>
        double.IsNaN(part) ? end : end + ((start - end) / 2 * (1 + Math.Cos(Math.PI * part)));
}
