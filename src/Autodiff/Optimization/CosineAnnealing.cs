namespace ProbNet.Autodiff;

/// <summary>
/// etaMin + ½(rate − etaMin)(1 + cos(π·index/tMax)): half a cosine from the rate down to <c>etaMin</c> (Loshchilov, Hutter 2017). Beyond <c>tMax</c>
/// the cosine goes
/// on, as in PyTorch: the rate rises again to its start at 2·tMax.
/// </summary>
public sealed class CosineAnnealing : Schedule
{
    private readonly double _rate;
    private readonly long _tMax;
    private readonly double _etaMin;

    /// <summary>Creates the schedule.</summary>
    /// <param name="rate">The rate of the first step.</param>
    /// <param name="tMax">The index at which the smallest rate is reached: the length of the training.</param>
    /// <param name="etaMin">The smallest rate.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is negative, or the number of steps is not positive.</exception>
    public CosineAnnealing(double rate, long tMax, double etaMin = 0)
    {
        _rate = HyperParameter.NonNegative(rate, nameof(CosineAnnealing), nameof(rate));
        _tMax = HyperParameter.AtLeast(1, tMax, nameof(CosineAnnealing), nameof(tMax));
        _etaMin = HyperParameter.NonNegative(etaMin, nameof(CosineAnnealing), nameof(etaMin));
    }

    /// <inheritdoc/>
    public override double At(long index) =>
        _etaMin + (0.5 * (_rate - _etaMin) * (1 + Math.Cos(Math.PI * (index % (2 * _tMax)) / _tMax)));
}
