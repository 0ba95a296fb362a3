namespace ProbNet.Autodiff;

/// <summary>
/// A straight line from startFactor times another schedule's first rate up to that rate over <c>warmupSteps</c> steps, and then that schedule from
/// its beginning:
/// PyTorch's LinearLR followed by another one.
/// </summary>
public sealed class LinearWarmup : Schedule
{
    private readonly Schedule _then;
    private readonly long _warmupSteps;
    private readonly double _startFactor;

    /// <summary>Creates the schedule.</summary>
    /// <param name="then">What follows: a schedule, or a number for a constant rate.</param>
    /// <param name="warmupSteps">The length of the warm-up; 0 for none.</param>
    /// <param name="startFactor">The part of the full rate at the first step, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of steps is negative, or the factor is outside [0, 1].</exception>
    public LinearWarmup(Schedule then, long warmupSteps, double startFactor = 1.0 / 3)
    {
        _then = then;
        _warmupSteps = HyperParameter.AtLeast(0, warmupSteps, nameof(LinearWarmup), nameof(warmupSteps));
        _startFactor = HyperParameter.UnitInterval(startFactor, nameof(LinearWarmup), nameof(startFactor));
    }

    /// <inheritdoc/>
    public override double At(long index) => index >= _warmupSteps
        ? _then.At(index - _warmupSteps)
        : _then.At(0) * (_startFactor + ((1 - _startFactor) * index / _warmupSteps));

    /// <inheritdoc/>
    public override void Report(double metric) => _then.Report(metric);

    /// <inheritdoc/>
    public override void Reset() => _then.Reset();

    /// <inheritdoc/>
    public override double[] ExportState() => _then.ExportState();

    /// <inheritdoc/>
    public override void ImportState(ReadOnlySpan<double> state) => _then.ImportState(state);
}
