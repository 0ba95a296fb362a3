using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The search for quantiles of whole numbers, of many distributions at once: the secant on the logarithm of the smaller tail with the halved value of the end that stays
/// (Dowell and Jarratt 1971), and a bisection at every fourth step; over orders of magnitude in the scale of their logarithm.
/// </summary>
internal sealed class WholeQuantile
{
    private readonly double[] _p, _low, _high, _below, _above;
    private readonly sbyte[] _last;
    private readonly double _rounding;

    /// <param name="p">Probabilities.</param>
    /// <param name="low">The least outcomes that are possible.</param>
    /// <param name="high">Outcomes at which the distribution functions reach the probabilities.</param>
    /// <param name="rounding">What the distribution function is accurate to.</param>
    public WholeQuantile(double[] p, double[] low, double[] high, double rounding)
    {
        (_p, _low, _high, _rounding) = (p, low, high, rounding);
        (_below, _above, _last) = (new double[p.Length], new double[p.Length], new sbyte[p.Length]);
        for (int i = 0; i < p.Length; i++)
        {
            // At 0 and 1 the ends of the support; nothing is to be found of what is no probability.
            (_low[i], _high[i]) = !(p[i] >= 0 && p[i] <= 1) ? (double.NaN, double.NaN) : p[i] == 0 ? (low[i], low[i]) : p[i] == 1 ? (high[i], high[i]) : (low[i] - 1, high[i]);
            (_below[i], _above[i]) = (double.NegativeInfinity, double.PositiveInfinity);
        }
    }

    /// <summary>The least outcomes at which the distribution functions reach the probabilities; NaN for what is no probability.</summary>
    /// <param name="origin">Where outcomes are few and near each other: an end of the support.</param>
    /// <param name="lower">P(X ≤ x) of one outcome each.</param>
    /// <param name="upper">P(X &gt; x).</param>
    public double[] Run(double[] origin, Func<double[], double[]> lower, Func<double[], double[]> upper)
    {
        bool anyLower = Array.Exists(_p, static level => level <= 0.5), anyUpper = Array.Exists(_p, static level => level > 0.5);
        double[] x = new double[_p.Length];
        var open = new bool[_p.Length];
        for (int step = 0; ; step++)
        {
            for (int i = 0; i < x.Length; i++)
            {
                double next = Next(i, origin[i], bisect: step % 4 == 3);
                open[i] = next > _low[i] && next < _high[i];
                x[i] = open[i] ? next : double.IsFinite(_high[i]) ? _high[i] : 0;
            }

            if (!Array.Exists(open, static one => one))
            {
                break;
            }

            double[] below = anyLower ? lower(x) : [], above = anyUpper ? upper(x) : [];
            for (int i = 0; i < x.Length; i++)
            {
                if (open[i])
                {
                    Narrow(i, x[i], _p[i] <= 0.5 ? Math.Log(below[i]) - Math.Log(_p[i] * (1 - _rounding)) : Math.Log(1 - _p[i] + (_rounding * _p[i])) - Math.Log(above[i]));
                }
            }
        }

        return _high;
    }

    // A whole number between the ends; one that is not, if there is none. Beyond 2⁵³ not every whole number has a double between.
    private double Next(int i, double origin, bool bisect)
    {
        (double low, double high) = (_low[i], _high[i]);
        if (!(high - low > 1) || !double.IsFinite(high))
        {
            return double.NaN;
        }

        (double left, double right) = (low - origin, high - origin);
        bool wide = Math.Max(Math.Abs(left), Math.Abs(right)) > 8 * (1 + Math.Min(Math.Abs(left), Math.Abs(right)));
        (left, right) = wide ? (Math.Asinh(left), Math.Asinh(right)) : (left, right);
        double share = bisect || !double.IsFinite(_below[i]) || !double.IsFinite(_above[i]) ? 0.5 : _below[i] / (_below[i] - _above[i]);
        double between = left + (share * (right - left)), x = Math.Floor(origin + (wide ? Math.Sinh(between) : between));
        x = x > low ? x < high ? x : high - 1 : low + 1;
        return x > low && x < high ? x : Math.Floor(low + (0.5 * (high - low)));
    }

    // A value of 0 or more where the probability is reached; NaN of an unknown distribution function, where nothing is to be found.
    private void Narrow(int i, double x, double value)
    {
        if (double.IsNaN(value))
        {
            (_low[i], _high[i]) = (double.NaN, double.NaN);
            return;
        }

        sbyte side = (sbyte)(value >= 0 ? 1 : -1);
        if (side > 0)
        {
            (_high[i], _above[i]) = (x, value);
            _below[i] *= _last[i] == side ? 0.5 : 1;
        }
        else
        {
            (_low[i], _below[i]) = (x, value);
            _above[i] *= _last[i] == side ? 0.5 : 1;
        }

        _last[i] = side;
    }
}
