using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ProbNet.Autodiff;

// Logarithms. x = 2ᵏ·(1 + f) with √½ ≤ 1 + f < √2, and log(1 + f) = f − f²/2 + f³·P(f); P is the minimax polynomial by Remez' exchange.
internal static partial class VectorMath
{
    /// <summary>log x: −∞ at ±0, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Avx512F.IsSupported && (typeof(V) == typeof(Lanes512<float>) || typeof(V) == typeof(LanesPair<Lanes512<float>, float>)))
        {
            return LogTabulated<V, T>(x);
        }

        V f = Decompose<V, T>(x, out V k);
        return LogCorners<V, T>(x, LogSum<V, T>(f, k));
    }

    /// <summary>log₂ x, exact at powers of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log2<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V f = Decompose<V, T>(x, out V k);
        return LogCorners<V, T>(x, V.MultiplyAdd(LogOfOnePlus<V, T>(f), V.Constant(1.4426950408889634), k));
    }

    /// <summary>
    /// log(1 + x), accurate near 0. With 1 + x ≈ 2ᵏ·m, f = 2⁻ᵏ·x + (2⁻ᵏ − 1) recovers what rounding 1 + x has lost;
    /// where that rounds too, what it has lost in turn is added to the tail.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1p<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Avx512F.IsSupported && (typeof(V) == typeof(Lanes512<float>) || typeof(V) == typeof(LanesPair<Lanes512<float>, float>)))
        {
            return Log1pTabulated<V, T>(x);
        }

        V one = V.Constant(1);
        V u = one + x;
        V direct = DecomposeNormal<V, T>(u, out V k, out V bits);
        V scale = V.SubtractBits(one, bits);
        V near = V.MultiplyAdd(x, scale, scale - one);
        V moderate = V.Less(x, V.Constant(typeof(T) == typeof(float) ? 1e9 : 1e18));
        V lost = V.MultiplyAdd(x, scale, scale - one - near) & moderate;
        V f = V.Select(moderate, near, direct);
        return V.CopySign(LogCorners<V, T>(u, LogSum<V, T>(f, k, LogTail<V, T>(f) + lost)), x);
    }

    /// <summary>asinh x = log1p(|x| + x²/(1 + √(x² + 1))), and log|x| + log 2 where x² would swamp the 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Asinh<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = V.Constant(1);
        V a = V.Abs(x);
        V large = V.Greater(a, V.Constant(typeof(T) == typeof(float) ? 1e9 : 1e18));
        V square = a * a;
        V argument = V.Select(large, a, a + (square / (one + V.Sqrt(square + one))));
        V result = Log1p<V, T>(argument) + (large & V.Constant(0.6931471805599453));
        return V.CopySign(result, x);
    }

    /// <summary>acosh x = log1p(t + √(t·(t + 2))) with t = x − 1; NaN below 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Acosh<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = V.Constant(1);
        V large = V.Greater(x, V.Constant(typeof(T) == typeof(float) ? 1e9 : 1e18));
        V t = x - one;
        V argument = V.Select(large, x, t + V.Sqrt(V.MultiplyAdd(t, t, t + t)));
        V result = Log1p<V, T>(argument) + (large & V.Constant(0.6931471805599453));
        return V.Select(V.Less(x, one), V.Constant(double.NaN), result);
    }

    /// <summary>atanh x = ½·log1p(2|x|/(1 − |x|)), and the sign of x; ±∞ at ±1, NaN beyond.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Atanh<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = V.Constant(1);
        V a = V.Abs(x);
        V result = V.Constant(0.5) * Log1p<V, T>((a + a) / (one - a));
        return V.CopySign(V.Select(V.Greater(a, one), V.Constant(double.NaN), result), x);
    }

    /// <summary>log1p for 0 ≤ x ≤ 1, where 1 + x has no corner; tiny x comes back unchanged.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Log1pOfUnit<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V big = V.Greater(x, V.Constant(0.41421356237309503));
        V half = V.Constant(0.5);
        V f = V.Select(big, V.MultiplyAdd(x, half, -half), x);
        return LogOfOnePlus<V, T>(f) + (big & V.Constant(0.6931471805599453));
    }

    /// <summary>f and k of x = 2ᵏ·(1 + f) for any positive finite x; subnormal ones are scaled up first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Decompose<V, T>(V x, out V k)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool single = typeof(T) == typeof(float);
        V tiny = V.Less(x, V.Constant(single ? 1.1754943508222875e-38 : 2.2250738585072014e-308));
        V f = DecomposeNormal<V, T>(V.Select(tiny, x * V.Constant(single ? 1 << 24 : 1L << 54), x), out k, out _);
        k -= tiny & V.Constant(single ? 24 : 54);
        return f;
    }

    /// <summary>f and k of x = 2ᵏ·(1 + f) for a normal positive x; <paramref name="bits"/> is k in the place of the exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V DecomposeNormal<V, T>(V x, out V k, out V bits)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = V.Constant(1);
        if (typeof(T) == typeof(float))
        {
            // 0x3F3504F3 is √½: the exponent counts from there.
            V shifted = V.AddBits(x, V.Bits(0x3F800000 - 0x3F3504F3));
            k = (V.ShiftRight(shifted, 23) | V.Constant(8388608)) - V.Constant(8388608 + 127);
            bits = V.SubtractBits(shifted & V.Bits(0x7F800000), one);
            return V.AddBits(shifted & V.Bits(0x007FFFFF), V.Bits(0x3F3504F3)) - one;
        }
        else
        {
            V shifted = V.AddBits(x, V.Bits(0x3FF0000000000000 - 0x3FE6A09E667F3BCD));
            k = (V.ShiftRight(shifted, 52) | V.Constant(4503599627370496)) - V.Constant(4503599627370496 + 1023);
            bits = V.SubtractBits(shifted & V.Bits(0x7FF0000000000000), one);
            return V.AddBits(shifted & V.Bits(0x000FFFFFFFFFFFFF), V.Bits(0x3FE6A09E667F3BCD)) - one;
        }
    }

    /// <summary>log x for a positive x that is neither subnormal nor infinite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogOfNormal<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V f = DecomposeNormal<V, T>(x, out V k, out _);
        return LogSum<V, T>(f, k);
    }

    /// <summary>k·log 2 + log(1 + f).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogSum<V, T>(V f, V k)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => LogSum<V, T>(f, k, LogTail<V, T>(f));

    /// <summary>k·log 2 + (f + tail), with log 2 in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogSum<V, T>(V f, V k, V tail)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(float)
            ? V.MultiplyAdd(k, V.Constant(0.693147182), f + V.MultiplyAdd(k, V.Constant(-1.9046542e-09), tail))
            : V.MultiplyAdd(k, V.Constant(0.6931471805599453), f + V.MultiplyAdd(k, V.Constant(2.3190468138462996e-17), tail));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogOfOnePlus<V, T>(V f)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => f + LogTail<V, T>(f);

    /// <summary>log(1 + f) − f = f²·(f·P(f) − ½).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogTail<V, T>(V f)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V z = f * f;
        V odd, even;
        if (typeof(T) == typeof(float))
        {
            odd = Polynomial.Horner<V, T>(z, -0.249999866, -0.166692719, -0.123837799, -0.117941722);
            even = Polynomial.Horner<V, T>(z, 0.333333105, 0.200022414, 0.142183363, 0.118749946, 0.0691585615);
        }
        else
        {
            odd = Polynomial.Horner<V, T>(
                z, -0.2499999999998736, -0.16666666669946653, -0.12499999684615326, -0.10000015267943235, -0.08332920259813895,
                -0.07149174357597071, -0.062009139387254, -0.05645678968882082, -0.06076883764045814);
            even = Polynomial.Horner<V, T>(
                z, 0.3333333333333325, 0.2000000000002712, 0.14285714285011786, 0.11111110854741421, 0.09090933517682478,
                0.07691348899480506, 0.06686507202694322, 0.056585787605317434, 0.06511843498594423, 0.02692016118099208);
        }

        return z * V.MultiplyAdd(f, V.MultiplyAdd(f, odd, even), V.Constant(-0.5));
    }

    /// <summary>The logarithm of 0, of negative numbers, of ∞ and of NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogCorners<V, T>(V x, V log)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V infinity = V.Constant(double.PositiveInfinity);
        V corner = V.Select(V.Equal(x, V.Zero), -infinity, V.Select(V.Less(x, V.Zero), V.Constant(double.NaN), x));
        return V.Select(V.Greater(x, V.Zero) & V.Less(x, infinity), log, corner);
    }
}
