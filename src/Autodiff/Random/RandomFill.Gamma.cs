using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ProbNet.Autodiff;

/// <content>Gamma variates: each try is made for all elements at once that are still open.</content>
internal static partial class RandomFill
{
    // Shapes beyond leave the range of the portable logarithm, and so would a smaller v, which no number of tries would see accepted.
    private const double LargestShape = 1e29, LeastFactor = 1e-10;

    /// <summary>
    /// log of a Gamma(concentration, rate 1) variate for each concentration (Marsaglia and Tsang 2000). For concentration a &lt; 1 it is
    /// the log of a variate of
    /// a + 1 plus log(U)/a, which is finite where the variate itself underflows. −∞ for concentration 0; NaN where it is negative, NaN or
    /// infinite. Floats are computed as such, from 64 bits a try.
    /// </summary>
    public static void LogGamma<T>(RandomKey key, ReadOnlySpan<T> concentration, Span<T> destination, long offset = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        InBlocks(nameof(LogGamma), key, concentration, destination, offset, LogGamma);

    [SkipLocalsInit]
    private static void LogGamma<T>(KeyBits key, ReadOnlySpan<KeyBits> tries, ReadOnlySpan<T> concentration, Span<T> destination, ulong first)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = destination.Length;
        Span<T> z = stackalloc T[n], u = stackalloc T[n], v = stackalloc T[n], score = stackalloc T[n];
        Halves(tries[0], first, z, u);
        GammaTry(concentration, z, u, v);
        ElementwiseLoop.Ternary<GammaSqueeze, T>(z, u, v, score);
        ElementwiseLoop.Binary<GammaRegular, T>(concentration, score, score);
        ElementwiseLoop.Binary<GammaProduct, T>(concentration, v, destination);

        // What the squeeze leaves open, and what has no shape or one beyond the range of the portable logarithm.
        Span<int> open = stackalloc int[n], odd = stackalloc int[n];
        Span<T> shapes = stackalloc T[n];
        T most = T.CreateChecked(LargestShape);
        int candidates = Zeros(score, open), left = 0, odds = 0;
        foreach (int i in open[..candidates])
        {
            T shape = concentration[i];
            if (!(shape > T.Zero && shape <= most))
            {
                odd[odds++] = i;
                continue;
            }

            (open[left], shapes[left], z[left], u[left], v[left]) = (i, shape, z[i], u[i], v[i]);
            left++;
        }

        for (int j = 1; left > 0; j++)
        {
            left = GammaAccept(open[..left], shapes, z, u, v, score, destination);
            KeyBits from = left > 0 ? Try(key, tries, j) : default;
            for (int i = 0; i < left; i++)
            {
                (z[i], u[i]) = Half<T>(from, first + (ulong)open[i]);
            }

            GammaTry(shapes[..left], z[..left], u[..left], v[..left]);
        }

        InPairs<RandomMaps.Log, T>(destination);
        foreach (int i in odd[..odds])
        {
            double shape = double.CreateTruncating(concentration[i]);
            destination[i] = T.CreateTruncating(shape > 0 && shape < double.PositiveInfinity
                ? LogGammaAboveOne(key, tries, shape < 1 ? shape + 1 : shape, first + (ulong)i)
                : shape == 0 ? double.NegativeInfinity : double.NaN);
        }

        ElementwiseLoop.Unary<GammaUnboosted, T>(concentration, score);
        int boosted = Zeros(score, open);
        if (boosted > 0)
        {
            Boost(key.FoldIn(ulong.MaxValue), concentration, open[..boosted], destination, first);
        }
    }

    /// <summary>The positions of zeros, in order.</summary>
    /// <returns>How many there are.</returns>
    private static int Zeros<T>(ReadOnlySpan<T> values, Span<int> positions)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int i = 0, count = 0;
        for (; i + Vector256<T>.Count <= values.Length; i += Vector256<T>.Count)
        {
            uint zeros = Vector256.Equals(Vector256.Create(values[i..]), Vector256<T>.Zero).ExtractMostSignificantBits();
            for (; zeros != 0; zeros &= zeros - 1)
            {
                positions[count++] = i + BitOperations.TrailingZeroCount(zeros);
            }
        }

        for (; i < values.Length; i++)
        {
            if (values[i] == T.Zero)
            {
                positions[count++] = i;
            }
        }

        return count;
    }

    /// <summary>From bits to z and u, and v = 1 + z/√(9d).</summary>
    private static void GammaTry<T>(ReadOnlySpan<T> shapes, Span<T> z, Span<T> u, Span<T> v)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        InPairs<RandomMaps.Normal, T>(z);
        if (typeof(T) == typeof(float))
        {
            ElementwiseLoop.Unary<RandomMaps.UniformOpen, T>(u, u);
        }
        else
        {
            ElementwiseLoop.Unary<RandomMaps.UnitMiddle, T>(u, u);
        }

        ElementwiseLoop.Binary<GammaStretch, T>(shapes, z, v);
    }

    /// <summary>Writes what is accepted, and moves the rest to the front.</summary>
    /// <returns>How many are left.</returns>
    private static int GammaAccept<T>(Span<int> open, Span<T> shapes, Span<T> z, Span<T> u, Span<T> v, Span<T> score, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = open.Length, left = 0;
        ElementwiseLoop.Ternary<GammaBound, T>(shapes[..count], z[..count], v[..count], score[..count]);
        ElementwiseLoop.Binary<GammaBelow, T>(u[..count], score[..count], score[..count]);
        ElementwiseLoop.Binary<GammaProduct, T>(shapes[..count], v[..count], v[..count]);
        for (int i = 0; i < count; i++)
        {
            if (score[i] > T.Zero)
            {
                destination[open[i]] = v[i];
            }
            else
            {
                (open[left], shapes[left]) = (open[i], shapes[i]);
                left++;
            }
        }

        return left;
    }

    /// <summary>Takes from the variates of shapes a below 1, at some positions, exponential variates divided by a.</summary>
    [SkipLocalsInit]
    private static void Boost<T>(KeyBits key, ReadOnlySpan<T> concentration, ReadOnlySpan<int> positions, Span<T> destination, ulong first)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = destination.Length;
        Span<T> exponential = stackalloc T[n];
        if (positions.Length > n / 8)
        {
            Halves(key, first, exponential, stackalloc T[n]);
            for (int i = 0; i < positions.Length; i++)
            {
                exponential[i] = exponential[positions[i]];
            }
        }
        else
        {
            for (int i = 0; i < positions.Length; i++)
            {
                exponential[i] = Half<T>(key, first + (ulong)positions[i]).Low;
            }
        }

        InPairs<RandomMaps.Exponential, T>(exponential[..positions.Length]);
        for (int i = 0; i < positions.Length; i++)
        {
            destination[positions[i]] -= exponential[i] / concentration[positions[i]];
        }
    }

    /// <summary>log of d·v³ with d = a − ⅓, v = 1 + z/√(9d), from the first try that is accepted.</summary>
    private static double LogGammaAboveOne(KeyBits key, ReadOnlySpan<KeyBits> tries, double a, ulong index)
    {
        double d = GammaCentre(a), c = 1 / Math.Sqrt(9 * d);
        for (int j = 0; ; j++)
        {
            (ulong low, ulong high) = Block(Try(key, tries, j), index);
            double z = Map<RandomMaps.Normal, double>(BitConverter.UInt64BitsToDouble(low)), v = 1 + c * z;
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

    private static double PortableLog(double x) => Map<RandomMaps.Log, double>(x);

    private static double GammaCentre(double a) => (a < 1 ? a + 1 : a) - 1.0 / 3;

    /// <summary>A map in place, two registers at a time: its long chains of dependent operations leave gaps for a second one.</summary>
    private static void InPairs<K, T>(Span<T> x)
        where K : struct, IUnaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Simd.Use512)
        {
            ElementwiseLoop.Unary<K, T, LanesPair<Lanes512<T>, T>>(x, x);
        }
        else
        {
            ElementwiseLoop.Unary<K, T>(x, x);
        }
    }

    /// <summary>The bits of two numbers for each of consecutive elements: the halves of a Philox block for doubles, two words for floats.</summary>
    [SkipLocalsInit]
    private static void Halves<T>(KeyBits key, ulong first, Span<T> low, Span<T> high)
        where T : unmanaged
    {
        Span<uint> words = stackalloc uint[4 * AtOnce];
        words = words[..(2 * Unsafe.SizeOf<T>() / sizeof(uint) * low.Length)];
        Bits(RandomKey.FromBits(key.Key, key.Stream), words, (long)first * (2 * Unsafe.SizeOf<T>() / sizeof(uint)));
        ReadOnlySpan<T> halves = MemoryMarshal.Cast<uint, T>(words);
        int i = 0;
        if (typeof(T) == typeof(float))
        {
            ref ulong pairs = ref Unsafe.As<uint, ulong>(ref MemoryMarshal.GetReference(words));
            ref uint lows = ref Unsafe.As<T, uint>(ref MemoryMarshal.GetReference(low)), highs = ref Unsafe.As<T, uint>(ref MemoryMarshal.GetReference(high));
            for (; i + 8 <= low.Length; i += 8)
            {
                Vector256<ulong> a = Vector256.LoadUnsafe(ref pairs, (nuint)i), b = Vector256.LoadUnsafe(ref pairs, (nuint)i + 4);
                Vector256.Narrow(a, b).StoreUnsafe(ref lows, (nuint)i);
                Vector256.Narrow(a >>> 32, b >>> 32).StoreUnsafe(ref highs, (nuint)i);
            }
        }

        for (; i < low.Length; i++)
        {
            (low[i], high[i]) = (halves[2 * i], halves[(2 * i) + 1]);
        }
    }

    /// <summary>What <see cref="Halves"/> gives for one element.</summary>
    private static (T Low, T High) Half<T>(KeyBits key, ulong index)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            (ulong even, ulong odd) = Block(key, index / 2);
            ulong pair = index % 2 == 0 ? even : odd;
            uint low = (uint)pair, high = (uint)(pair >> 32);
            return (Unsafe.BitCast<uint, T>(low), Unsafe.BitCast<uint, T>(high));
        }

        (ulong first, ulong second) = Block(key, index);
        return (Unsafe.BitCast<ulong, T>(first), Unsafe.BitCast<ulong, T>(second));
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
            return V.Less(b, bound) & V.GreaterOrEqual(c, V.Constant(LeastFactor)) & V.Constant(1);
        }
    }

    /// <summary>A number where the shape is in the range of the portable logarithm, else 0. The operands are shape and number.</summary>
    private readonly struct GammaRegular : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, T>(V a, V b)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => b & V.Greater(a, V.Zero) & V.LessOrEqual(a, V.Constant(LargestShape));
    }

    /// <summary>0 for a shape above 0 and below 1, else 1.</summary>
    private readonly struct GammaUnboosted : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.AndNot(V.Constant(1), V.Greater(x, V.Zero) & V.Less(x, V.Constant(1)));
    }

    /// <summary>z²/2 + d(1 − v³ + 3 log v) of shape, z and v: what log u must be below; −∞ where v is too small.</summary>
    private readonly struct GammaBound : ITernaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, T>(V a, V b, V c)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            V one = V.Constant(1), above = V.GreaterOrEqual(c, V.Constant(LeastFactor)), v = V.Select(above, c, one);
            V bound = (V.Constant(0.5) * b * b) + (GammaCentre<V, T>(a) * (one - (v * v * v) + (V.Constant(3) * PortableMath.Log<V, T>(v))));
            return V.Select(above, bound, V.Constant(double.NegativeInfinity));
        }
    }

    /// <summary>Above 0 where log u is below a bound. The operands are u and the bound.</summary>
    private readonly struct GammaBelow : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, T>(V a, V b)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => b - PortableMath.Log<V, T>(a);
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
