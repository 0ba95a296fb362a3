using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProbNet.Autodiff;

/// <content>Gamma variates: the first try of many elements at once, the others one by one.</content>
internal static partial class RandomFill
{
    /// <summary>
    /// log of a Gamma(concentration, rate 1) variate for each concentration (Marsaglia and Tsang 2000). For concentration a &lt; 1 it is
    /// the log of a variate of
    /// a + 1 plus log(U)/a, which is finite where the variate itself underflows. −∞ for concentration 0; NaN where it is negative, NaN or
    /// infinite.
    /// </summary>
    public static void LogGamma(RandomKey key, ReadOnlySpan<double> concentration, Span<double> destination, long offset = 0) =>
        InBlocks(nameof(LogGamma), key, concentration, destination, offset, LogGamma);

    [SkipLocalsInit]
    private static void LogGamma(KeyBits key, ReadOnlySpan<KeyBits> tries, ReadOnlySpan<double> concentration, Span<double> destination, ulong first)
    {
        int n = destination.Length;
        Span<double> z = stackalloc double[n], u = stackalloc double[n], v = stackalloc double[n], taken = stackalloc double[n];
        Blocks(tries[0], first, z, u);
        InPairs<RandomMaps.Normal>(z);
        ElementwiseLoop.Unary<RandomMaps.UnitMiddle, double>(u, u);
        ElementwiseLoop.Binary<GammaStretch, double>(concentration, z, v);
        ElementwiseLoop.Ternary<GammaSqueeze, double>(z, u, v, taken);
        ElementwiseLoop.Binary<GammaProduct, double>(concentration, v, destination);
        InPairs<RandomMaps.Log>(destination);

        // What the squeeze leaves open, and what has no shape or one beyond the range of the portable logarithm.
        int boosted = 0;
        for (int i = 0; i < n; i++)
        {
            double shape = concentration[i];
            boosted += shape < 1 ? 1 : 0;
            if (!(shape > 0 && shape < double.PositiveInfinity))
            {
                destination[i] = shape == 0 ? double.NegativeInfinity : double.NaN;
            }
            else if (shape > 1e29 || v[i] is > 0 and < 1e-10)
            {
                destination[i] = LogGammaAboveOne(key, tries, shape < 1 ? shape + 1 : shape, first + (ulong)i, from: 0);
            }
            else if (taken[i] == 0 && !GammaAccepts(GammaCentre(shape), z[i], u[i], v[i]))
            {
                destination[i] = LogGammaAboveOne(key, tries, shape < 1 ? shape + 1 : shape, first + (ulong)i, from: 1);
            }
        }

        if (boosted > 0)
        {
            Boost(key.FoldIn(ulong.MaxValue), concentration, destination, first, few: boosted < n / 4);
        }
    }

    /// <summary>Takes from each variate of a shape a below 1 an exponential variate divided by a; one by one where they are few.</summary>
    [SkipLocalsInit]
    private static void Boost(KeyBits key, ReadOnlySpan<double> concentration, Span<double> destination, ulong first, bool few)
    {
        Span<double> exponential = stackalloc double[destination.Length], rest = stackalloc double[destination.Length];
        if (!few)
        {
            Blocks(key, first, exponential, rest);
            InPairs<RandomMaps.Exponential>(exponential);
        }

        for (int i = 0; i < destination.Length; i++)
        {
            if (concentration[i] is > 0 and < 1)
            {
                destination[i] -= (few ? Map<RandomMaps.Exponential>(Block(key, first + (ulong)i).Low) : exponential[i]) / concentration[i];
            }
        }
    }

    /// <summary>log of d·v³ with d = a − ⅓, v = 1 + z/√(9d), from the first try that is accepted.</summary>
    private static double LogGammaAboveOne(KeyBits key, ReadOnlySpan<KeyBits> tries, double a, ulong index, int from)
    {
        double d = GammaCentre(a), c = 1 / Math.Sqrt(9 * d);
        for (int j = from; ; j++)
        {
            (ulong low, ulong high) = Block(Try(key, tries, j), index);
            double z = Map<RandomMaps.Normal>(low), v = 1 + c * z;
            if (GammaAccepts(d, z, ((high >> 11) + 0.5) * InverseTwoTo53, v))
            {
                // What is huge or tiny lies outside the portable logarithm's range; there Math.Log is as good.
                return d < 1e29 && v > 1e-10 ? PortableLog(d * v * v * v) : Math.Log(d) + 3 * Math.Log(v);
            }
        }
    }

    /// <summary>log u &lt; z²/2 + d(1 − v³ + log v³), which holds wherever u is below 1 − 0.0331·z⁴.</summary>
    private static bool GammaAccepts(double d, double z, double u, double v) =>
        v > 0 && (u < 1 - 0.0331 * z * z * z * z || Math.Log(u) < 0.5 * z * z + d * (1 - v * v * v + 3 * Math.Log(v)));

    private static double PortableLog(double x) => Map<RandomMaps.Log>(BitConverter.DoubleToUInt64Bits(x));

    private static double GammaCentre(double a) => (a < 1 ? a + 1 : a) - 1.0 / 3;

    /// <summary>A map in place, two registers at a time: its long chains of dependent operations leave gaps for a second one.</summary>
    private static void InPairs<K>(Span<double> x)
        where K : struct, IUnaryKernel
    {
        if (Simd.Use512)
        {
            ElementwiseLoop.Unary<K, double, LanesPair<Lanes512<double>, double>>(x, x);
        }
        else
        {
            ElementwiseLoop.Unary<K, double>(x, x);
        }
    }

    /// <summary>The low and high halves of consecutive Philox blocks, as bits of doubles.</summary>
    [SkipLocalsInit]
    private static void Blocks(KeyBits key, ulong first, Span<double> low, Span<double> high)
    {
        Span<uint> words = stackalloc uint[4 * AtOnce];
        Philox.Fill(key.Key, first, key.Stream, words[..(4 * low.Length)]);
        ReadOnlySpan<double> halves = MemoryMarshal.Cast<uint, double>(words);
        for (int i = 0; i < low.Length; i++)
        {
            (low[i], high[i]) = (halves[2 * i], halves[(2 * i) + 1]);
        }
    }

    /// <summary>d = a − ⅓ of the shape a, or of a + 1 below 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V GammaCentre<V, T>(V a)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Select(V.Less(a, V.Constant(1)), a + V.Constant(1), a) - V.Constant(1.0 / 3);

    /// <summary>v = 1 + z/√(9d) of shape and z.</summary>
    private readonly struct GammaStretch : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, T>(V a, V b)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            V.Constant(1) + V.Constant(1) / V.Sqrt(V.Constant(9) * GammaCentre<V, T>(a)) * b;
    }

    /// <summary>1 where z, u and v are accepted without a logarithm, else 0.</summary>
    private readonly struct GammaSqueeze : ITernaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, T>(V a, V b, V c)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            V bound = V.Constant(1) - V.Constant(0.0331) * a * a * a * a;
            return V.Less(b, bound) & V.Greater(c, V.Zero) & V.Constant(1);
        }
    }

    /// <summary>d·v³ of shape and v.</summary>
    private readonly struct GammaProduct : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, T>(V a, V b)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            GammaCentre<V, T>(a) * b * b * b;
    }
}
