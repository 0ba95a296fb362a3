using System.Globalization;

namespace ProbNet.Charts;

/// <summary>
/// Chooses the ticks of an axis: multiples of 1, 2 or 5 times a power of ten (Heckbert, "Nice numbers for graph labels", 1990), all
/// labels with the same decimals; powers of ten on a log axis.
/// </summary>
internal static class Ticks
{
    /// <summary>At most <paramref name="most"/> + 1 ticks inside the axis, in rising order; two or more where the range allows.</summary>
    public static Tick[] Choose(Axis axis, int most)
    {
        if (axis.Scale == AxisScale.Linear)
        {
            return Linear(axis.Low, axis.High, most);
        }
        Tick[] decades = Log(axis.Low, axis.High, most);
        return decades.Length >= 2 ? decades : Linear(axis.Low, axis.High, most);
    }

    /// <summary>As many ticks as fit side by side without touching, by the widths of their labels.</summary>
    public static Tick[] ChooseForWidth(Axis axis, double width, double fontSize)
    {
        int most = Math.Clamp((int)(width / 48), 2, 10);
        while (true)
        {
            Tick[] ticks = Choose(axis, most);
            if (most == 1 || Fit(ticks))
            {
                return Fit(ticks) ? ticks : ticks[..Math.Min(ticks.Length, 1)];
            }
            most--;
        }

        bool Fit(Tick[] ticks)
        {
            double end = double.NegativeInfinity;
            foreach (Tick tick in ticks)
            {
                double half = TextMetrics.Width(tick.Label, fontSize) / 2;
                double centre = axis.Position(tick.Value) * width;
                if (centre - half < end + fontSize)
                {
                    return false;
                }
                end = centre + half;
            }
            return true;
        }
    }

    /// <summary>The unlabelled places between the decades of a log axis; none on a linear one or where they would crowd.</summary>
    public static double[] Minor(Axis axis)
    {
        if (axis.Scale == AxisScale.Linear || Math.Log10(axis.High / axis.Low) > 6)
        {
            return [];
        }
        List<double> places = [];
        for (int k = (int)Math.Floor(Math.Log10(axis.Low)); k <= Math.Log10(axis.High); k++)
        {
            for (int digit = 1; digit <= 9; digit++)
            {
                AddInside(places, axis.Low, axis.High, digit * Math.Pow(10, k));
            }
        }
        return [.. places];
    }

    /// <summary>A number for a label: the digits asked for, a true minus sign, commas between thousands from 10,000.</summary>
    public static string Format(double value, int decimals)
    {
        double rounded = Math.Round(value, Math.Min(decimals, 15));
        string pattern = Math.Abs(rounded) >= 10_000 ? "N" : "F";
        string digits = Math.Abs(rounded).ToString(pattern + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return rounded < 0 ? "−" + digits : digits;
    }

    private static Tick[] Linear(double low, double high, int most)
    {
        (int digit, int exponent) = NiceStep((high - low) / Math.Max(most, 1));
        (double first, double last) = Indices(low, high, digit, exponent);
        if (last - first < 1)
        {
            (digit, exponent) = digit switch { 5 => (2, exponent), 2 => (1, exponent), _ => (5, exponent - 1) };
            (first, last) = Indices(low, high, digit, exponent);
        }

        double largest = Math.Max(Math.Abs(low), Math.Abs(high));
        int lead = (int)Math.Floor(Math.Log10(largest));
        bool scientific = largest >= 1e6 || exponent < -5;
        List<Tick> ticks = [];
        for (double k = first; k <= last; k++)
        {
            // Dividing by a whole power of ten gives 0.3, where multiplying by 0.1 gives 0.30000000000000004.
            double value = exponent < 0 ? k * digit / PowerOfTen(-exponent) : k * digit * PowerOfTen(exponent);
            string label = k == 0 ? "0"
                : scientific ? Format(value / PowerOfTen(lead), Math.Max(lead - exponent, 0)) + "×10" + Superscript(lead)
                : Format(value, Math.Max(-exponent, 0));
            ticks.Add(new Tick(value, label));
        }
        if (!scientific && exponent < 0)
        {
            // Zero carries the decimals of its neighbours.
            return [.. ticks.Select(t => t.Value == 0 ? t with { Label = Format(0, -exponent) } : t)];
        }
        return [.. ticks];
    }

    private static Tick[] Log(double low, double high, int most)
    {
        double decades = Math.Log10(high / low);
        // Digits per decade: 1, 2, 5 where there is room for them; whole decades, then every second, fifth … one, where not.
        int[] digits = decades * 3 <= most ? [1, 2, 5] : [1];
        int stride = Math.Max(1, (int)Math.Ceiling(decades / Math.Max(most, 1)));
        List<double> values = [];
        for (int k = (int)Math.Floor(Math.Log10(low)); k <= Math.Log10(high) + 1e-9; k++)
        {
            if (k % stride == 0)
            {
                foreach (int digit in digits)
                {
                    AddInside(values, low, high, digit * PowerOfTen(k));
                }
            }
        }
        return [.. values.Select(v => new Tick(v, LogLabel(v, plain: low >= 1e-4 && high < 1e6)))];
    }

    private static string LogLabel(double value, bool plain)
    {
        int exponent = (int)Math.Floor(Math.Log10(value) + 1e-9);
        if (plain)
        {
            return Format(value, Math.Max(-exponent, 0));
        }
        double digit = Math.Round(value / PowerOfTen(exponent));
        return (digit == 1 ? "10" : Format(digit, 0) + "×10") + Superscript(exponent);
    }

    private static void AddInside(List<double> places, double low, double high, double value)
    {
        // A tick that misses the end of its axis by rounding alone still belongs to it.
        if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9))
        {
            places.Add(value);
        }
    }

    private static (int Digit, int Exponent) NiceStep(double raw)
    {
        int exponent = (int)Math.Floor(Math.Log10(raw));
        double fraction = raw / PowerOfTen(exponent);
        return fraction <= 1 + 1e-9 ? (1, exponent) : fraction <= 2 + 1e-9 ? (2, exponent) : fraction <= 5 + 1e-9 ? (5, exponent) : (1, exponent + 1);
    }

    private static (double First, double Last) Indices(double low, double high, int digit, int exponent)
    {
        double step = digit * PowerOfTen(exponent);
        double slack = 1e-9 * (high - low) / step;
        return (Math.Ceiling((low / step) - slack), Math.Floor((high / step) + slack));
    }

    private static double PowerOfTen(int exponent) => Math.Pow(10, exponent);

    private static string Superscript(int exponent)
    {
        const string Digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
        string plain = Math.Abs(exponent).ToString(CultureInfo.InvariantCulture);
        return (exponent < 0 ? "⁻" : "") + string.Concat(plain.Select(c => Digits[c - '0']));
    }
}
