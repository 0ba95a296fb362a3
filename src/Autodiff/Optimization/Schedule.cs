namespace ProbNet.Autodiff;

/// <summary>
/// A learning rate as a function of time: <c>At(0)</c> is the rate of the first step. A number converts to a constant rate. Every schedule is defined for
/// any index from 0; each says what holds beyond its end.
/// </summary>
/// <remarks>The index counts optimizer steps; <see cref="PerEpoch"/> makes a schedule whose index counts epochs.</remarks>
public abstract class Schedule
{
    /// <summary>The learning rate at an index.</summary>
    /// <param name="index">The number of steps taken before; not negative.</param>
    public abstract double At(long index);

    /// <summary>A constant rate.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public static implicit operator Schedule(double rate) => new ConstantRate(rate);

    /// <summary>This schedule with an index that advances once every <paramref name="stepsPerEpoch"/> steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number of steps is not positive.</exception>
    public Schedule PerEpoch(int stepsPerEpoch) => new EpochSchedule(this, HyperParameter.AtLeast(1, stepsPerEpoch, "Schedule.PerEpoch", nameof(stepsPerEpoch)));

    /// <summary>Takes note of a metric, once an epoch; only schedules that adapt to it (<see cref="ReduceOnPlateau"/>) do anything.</summary>
    public virtual void Report(double metric)
    {
    }

    /// <summary>Forgets what was reported.</summary>
    public virtual void Reset()
    {
    }

    /// <summary>What the schedule remembers, for resuming later; empty for a schedule that is a function of the index alone.</summary>
    public virtual double[] ExportState() => [];

    /// <summary>Takes over what <see cref="ExportState"/> gave.</summary>
    /// <exception cref="ArgumentException">The state is not of this kind of schedule.</exception>
    public virtual void ImportState(ReadOnlySpan<double> state)
    {
        if (!state.IsEmpty)
        {
            throw new ArgumentException($"{GetType().Name}: a state of {state.Length} numbers was given, but this schedule has none.", nameof(state));
        }
    }

    private sealed class EpochSchedule(Schedule inner, long stepsPerEpoch) : Schedule
    {
        public override double At(long index) => inner.At(index / stepsPerEpoch);

        public override void Report(double metric) => inner.Report(metric);

        public override void Reset() => inner.Reset();

        public override double[] ExportState() => inner.ExportState();

        public override void ImportState(ReadOnlySpan<double> state) => inner.ImportState(state);
    }
}
