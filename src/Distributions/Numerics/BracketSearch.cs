namespace ProbNet.Distributions;

/// <summary>
/// Roots of many functions at once between points at which they have different signs: the secant with the halved value of the end that stays (Dowell and Jarratt 1971), and
/// a bisection at every fourth step, so that a jump is found too.
/// </summary>
internal sealed class BracketSearch
{
    private const int MaxSteps = 100;

    private readonly double[] _positive, _negative, _above, _below, _length;
    private readonly sbyte[] _last;
    private readonly bool[] _done;

    /// <param name="positive">Points at which the functions are not negative.</param>
    /// <param name="above">Their values there, or estimates of them.</param>
    /// <param name="negative">Points at which they are negative.</param>
    /// <param name="below">Their values there; −∞ too.</param>
    public BracketSearch(double[] positive, double[] above, double[] negative, double[] below)
    {
        (_positive, _above, _negative, _below) = (positive, above, negative, below);
        (_last, _done, _length) = (new sbyte[positive.Length], new bool[positive.Length], new double[positive.Length]);
        for (int i = 0; i < _done.Length; i++)
        {
            _length[i] = Math.Abs(positive[i] - negative[i]);
            _done[i] = !(below[i] < 0) || !(_length[i] > 0);
        }
    }

    /// <summary>Searches until each value is within a tolerance of 0, or nothing lies between the ends: the ends at which the functions are not negative, or the roots.</summary>
    /// <param name="evaluate">The functions at points, one each.</param>
    /// <param name="tolerance">What counts as 0.</param>
    /// <param name="rounding">The length of a bracket that is short enough, relative to its place and to its first length.</param>
    public double[] Run(Func<double[], double[]> evaluate, double tolerance, double rounding)
    {
        var x = (double[])_positive.Clone();
        for (int step = 0; step < MaxSteps && Array.IndexOf(_done, false) >= 0; step++)
        {
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = _done[i] ? x[i] : Next(i, bisect: step % 4 == 3);
            }

            double[] values = evaluate(x);
            for (int i = 0; i < x.Length; i++)
            {
                if (!_done[i])
                {
                    Narrow(i, x[i], values[i]);
                    bool found = Math.Abs(values[i]) <= tolerance;
                    _done[i] = found || double.IsNaN(values[i]) || Math.Abs(_positive[i] - _negative[i]) <= rounding * Math.Max(Math.Abs(_positive[i]), _length[i]);
                    x[i] = _done[i] && !found ? _positive[i] : x[i];
                }
            }
        }

        return x;
    }

    private double Next(int i, bool bisect)
    {
        double middle = _positive[i] + (0.5 * (_negative[i] - _positive[i]));
        double secant = _positive[i] + ((_negative[i] - _positive[i]) * (_above[i] / (_above[i] - _below[i])));
        return bisect || !double.IsFinite(_below[i]) || !double.IsFinite(_above[i]) || double.IsNaN(secant) ? middle : secant;
    }

    private void Narrow(int i, double x, double value)
    {
        sbyte side = (sbyte)(value >= 0 ? 1 : -1);
        if (side > 0)
        {
            (_positive[i], _above[i]) = (x, value);
            _below[i] *= _last[i] == side ? 0.5 : 1;
        }
        else
        {
            (_negative[i], _below[i]) = (x, value);
            _above[i] *= _last[i] == side ? 0.5 : 1;
        }

        _last[i] = side;
    }
}
