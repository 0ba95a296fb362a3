using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using ProbNet.Autodiff;

namespace ProbNet.Benchmarks;

/// <summary>
/// An elementwise function, where it is measured, and the largest errors that it may have, in units in the last place of the exact result. A bound for doubles that is not a
/// number: only floats are measured in units.
/// </summary>
internal abstract class VectorFunction(string name, double low, double high, double boundSingle, double boundDouble)
{
    private const int NearExponent = 8;
    private const int Chunk = 1 << 14;

    private static readonly int[] s_widths = [1024, 512, 256, 128];

    public string Name => name;

    public double Low => low;

    public double High => high;

    /// <summary>The largest error of floats and of doubles.</summary>
    public double Bound<T>() => typeof(T) == typeof(float) ? boundSingle : boundDouble;

    public override string ToString() => name;

    /// <summary>The exact result at a number of type T.</summary>
    public abstract DoubleDouble Reference<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The function on registers of so many bits, or on pairs of the widest.</summary>
    public abstract void Run<T>(int width, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The largest error at some numbers over all widths, and where it is.</summary>
    public (double Worst, double At) Measure<T>(IEnumerable<T> numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double worst = 0, at = 0;
        foreach (T[] x in numbers.Chunk(Chunk))
        {
            DoubleDouble[] exact = Array.ConvertAll(x, Reference);
            T[] y = new T[x.Length];
            foreach (int width in s_widths)
            {
                Run<T>(width, x, y);
                for (int i = 0; i < x.Length; i++)
                {
                    double error = Ulps(y[i], exact[i]);
                    if (!(error <= worst))
                    {
                        (worst, at) = (error, double.CreateChecked(x[i]));
                    }
                }
            }
        }

        return (worst, at);
    }

    /// <summary>
    /// Numbers of the range from every binade: as many of each whose exponent is within 8 of that of 1, where functions bend, as <paramref name="near"/>, and <paramref
    /// name="far"/> of each other one.
    /// </summary>
    public IEnumerable<T> Stratified<T>(int near, int far)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(20240607);
        (int least, int most) = typeof(T) == typeof(float) ? (-149, 127) : (-1074, 1023);
        foreach (double sign in (double[])[1, -1])
        {
            for (int exponent = least; exponent <= most; exponent++)
            {
                for (int i = 0; i < (Math.Abs(exponent) <= NearExponent ? near : far); i++)
                {
                    T x = T.CreateTruncating(sign * Math.ScaleB(1 + random.NextDouble(), exponent));
                    if (IsInRange(x))
                    {
                        yield return x;
                    }
                }
            }
        }
    }

    /// <summary>Every so many-th of all floats of the range, in the order of their bits.</summary>
    public IEnumerable<float> EveryFloat(uint stride)
    {
        for (ulong bits = 0; bits <= uint.MaxValue; bits += stride)
        {
            float x = BitConverter.UInt32BitsToSingle((uint)bits);
            if (IsInRange(x))
            {
                yield return x;
            }
        }
    }

    /// <summary>|y − exact| in units of the last place of the exact value; 0 where both overflow, and ∞ where only one is not a number.</summary>
    public static double Ulps<T>(T y, DoubleDouble exact)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T rounded = T.CreateTruncating(exact.High);
        if (!T.IsFinite(rounded) || !T.IsFinite(y))
        {
            return y.Equals(rounded) ? 0 : double.PositiveInfinity;
        }

        T magnitude = T.Abs(rounded);
        T next = T.BitIncrement(magnitude);
        T ulp = T.IsInfinity(next) ? magnitude - T.BitDecrement(magnitude) : next - magnitude;
        return Math.Abs((double.CreateChecked(y) - exact.High) - exact.Low) / double.CreateChecked(ulp);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsInRange<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double value = double.CreateChecked(x);
        return value >= low && value <= high && double.IsFinite(value);
    }

    /// <summary>A row of the table in docs/numerics.md.</summary>
    public string Row(double single, double @double)
    {
        string of = double.IsNaN(boundDouble) ? "| – | – |" : FormattableString.Invariant($"| {@double:F2} | {boundDouble} |");
        return FormattableString.Invariant($"| `{name}` | {Number(low)} to {Number(high)} | {single:F2} | {boundSingle} {of}");

        static string Number(double x) => x.ToString("R", CultureInfo.InvariantCulture).Replace("E+", "e", StringComparison.Ordinal).Replace("E", "e", StringComparison.Ordinal);
    }
}
