namespace ProbNet.Autodiff;

/// <summary>
/// Lowers another schedule's rate by a factor each time a reported metric (lower is better) has not improved for more than <c>patience</c> reports.
/// PyTorch's ReduceLROnPlateau, but for one thing: an improvement means metric &lt; best − threshold·|best|, which is also right for negative metrics.
/// </summary>
public sealed class ReduceOnPlateau : Schedule
{
    private readonly Schedule _inner;
    private readonly double _factor;
    private readonly long _patience;
    private readonly double _threshold;
    private readonly long _cooldown;
    private readonly double _minRate;

    private double _scale = 1;
    private double _best = double.PositiveInfinity;
    private long _badReports;
    private long _coolingReports;

    /// <summary>Creates the schedule.</summary>
    /// <param name="rate">The rate to lower: a number, or another schedule.</param>
    /// <param name="factor">The factor of each reduction, in [0, 1).</param>
    /// <param name="patience">How many reports without improvement are allowed.</param>
    /// <param name="threshold">The relative improvement that counts.</param>
    /// <param name="cooldown">For how many reports after a reduction none is counted.</param>
    /// <param name="minRate">The rate is never lowered below this.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of its range.</exception>
    public ReduceOnPlateau(
        Schedule rate, double factor = 0.1, long patience = 10, double threshold = 1e-4, long cooldown = 0, double minRate = 0)
    {
        _inner = rate;
        _factor = HyperParameter.BelowOne(factor, nameof(ReduceOnPlateau), nameof(factor));
        _patience = HyperParameter.AtLeast(0, patience, nameof(ReduceOnPlateau), nameof(patience));
        _threshold = HyperParameter.NonNegative(threshold, nameof(ReduceOnPlateau), nameof(threshold));
        _cooldown = HyperParameter.AtLeast(0, cooldown, nameof(ReduceOnPlateau), nameof(cooldown));
        _minRate = HyperParameter.NonNegative(minRate, nameof(ReduceOnPlateau), nameof(minRate));
    }

    /// <inheritdoc/>
    public override double At(long index)
    {
        double rate = _inner.At(index);
        return _scale == 1 ? rate : Math.Max(rate * _scale, Math.Min(rate, _minRate));
    }

    /// <summary>Takes note of the metric of an epoch; NaN counts as no improvement.</summary>
    public override void Report(double metric)
    {
        _inner.Report(metric);
        if (metric < _best - (double.IsFinite(_best) ? _threshold * Math.Abs(_best) : 0))
        {
            _best = metric;
            _badReports = 0;
        }
        else
        {
            _badReports++;
        }

        if (_coolingReports > 0)
        {
            _coolingReports--;
            _badReports = 0;
        }

        if (_badReports > _patience)
        {
            _scale *= _factor;
            _coolingReports = _cooldown;
            _badReports = 0;
        }
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        _inner.Reset();
        (_scale, _best, _badReports, _coolingReports) = (1, double.PositiveInfinity, 0, 0);
    }

    /// <inheritdoc/>
    public override double[] ExportState() => [_scale, _best, _badReports, _coolingReports, .. _inner.ExportState()];

    /// <inheritdoc/>
    public override void ImportState(ReadOnlySpan<double> state)
    {
        if (state.Length < 4)
        {
            throw new ArgumentException($"ReduceOnPlateau: the state has {state.Length} numbers; at least 4 are needed.", nameof(state));
        }

        _inner.ImportState(state[4..]);
        (_scale, _best, _badReports, _coolingReports) = (state[0], state[1], (long)state[2], (long)state[3]);
    }
}
