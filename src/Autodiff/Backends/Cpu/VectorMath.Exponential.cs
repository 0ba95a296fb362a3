using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ProbNet.Autodiff;

// Exponentials. With n = round(x / ln 2) and r = x − n·ln 2, |r| ≤ ln 2 / 2, eˣ = 2ⁿ·(1 + r + r²·q(r)); q is the minimax polynomial of
// (eʳ − 1 − r)/r², by Remez' exchange in 60 digits. ln 2 is subtracted in two parts; fused multiply-adds make the first product exact.
internal static partial class VectorMath
{
    /// <summary>eˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        return ExpOfClamped<V, T>(ClampExp<V, T>(x));
    }

    /// <summary>2ˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp2<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V bound = V.Constant(typeof(T) == typeof(float) ? 160 : 1100);
        V clamped = V.MaxNative(-bound, V.MinNative(bound, x));
        V n = V.Round(clamped);
        V r = clamped - n;
        V q = typeof(T) == typeof(float)
            ? Polynomial.Horner<V, T>(
                r, 0.693147182, 0.240226507, 0.0555032752, 0.00961800385, 0.00134004035, 0.000154764435)
            : Polynomial.Horner<V, T>(
                r, 0.6931471805599453, 0.24022650695910133, 0.05550410866482174, 0.00961812910759305, 0.001333355814637869,
                0.00015403530458467545, 1.52527338678685e-05, 1.32154346091977e-06, 1.0178046327347098e-07, 7.073898037816376e-09,
                4.4574071203364707e-10);
        return V.ScaleByPowerOfTwo(V.MultiplyAdd(r, q, V.Constant(1)), n);
    }

    /// <summary>eˣ − 1, accurate near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Expm1<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V half = HalfExpm1<V, T>(x);
        return V.CopySign(half + half, x);
    }

    /// <summary>
    /// 1 / (1 + e⁻ˣ) = 1 − q with q = e/(1 + e), e = e⁻|ˣ|, or e − e·q on the negative side: it never overflows and keeps its tail.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = V.Constant(1);
        V e = ExpOfNegative<V, T>(V.Abs(x));
        V numerator = V.Select(V.Less(x, V.Zero), e, one);
        return V.MultiplyAdd(-numerator, e / (one + e), numerator);
    }

    /// <summary>log(1 + eˣ) = max(x, 0) + log1p(e⁻|ˣ|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Softplus<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V positive = V.MaxNative(V.Zero, x);
        V e = ExpOfNegative<V, T>(V.Abs(x));
        if (Avx512F.IsSupported && (typeof(V) == typeof(Lanes512<float>) || typeof(V) == typeof(LanesPair<Lanes512<float>, float>)))
        {
            return V.MultiplyAdd(e, Log1pRatioTabulated<V, T>(e), positive);
        }

        return positive + Log1pOfUnit<V, T>(e);
    }

    /// <summary>
    /// tanh |x| = −h/(1 + h) with h = expm1(−2|x|)/2 up to ¾, and 1 − e⁻²|ˣ|/(1 + h) beyond, which rounds once near 1: the derivative
    /// 1 − y² lives from those last bits. The sign is that of x.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Avx512F.IsSupported && (typeof(V) == typeof(Lanes512<float>) || typeof(V) == typeof(LanesPair<Lanes512<float>, float>)))
        {
            return V.CopySign(TanhPiecewise<V, T>(V.MinNative(V.Constant(9.02), V.Abs(x))), x);
        }

        V one = V.Constant(1);
        V a = V.Abs(x);
        V clamped = V.MinNative(V.Constant(20), a);
        V p = ExpMinusOne<V, T>(ReduceByLn2<V, T>(-(clamped + clamped), out V n));
        V power = LanesMath.PowerOfTwo<V, T>(n);
        V h = V.Constant(0.5) * V.MultiplyAdd(power, p, power - one);
        V far = V.Greater(a, V.Constant(0.75));
        V quotient = V.Select(far, V.MultiplyAdd(power, p, power), h) / (h + one);
        return V.CopySign(V.Select(far, one - quotient, quotient), x);
    }

    /// <summary>sinh x = h + h/(2h + 1) with h = expm1(|x|)/2, or e|ˣ|/2 where the rest is below rounding; and the sign of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sinh<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = V.Constant(1);
        V a = V.Abs(x);
        V p = ExpMinusOne<V, T>(ReduceByLn2<V, T>(ClampExp<V, T>(a), out V n));
        V half = n - one;
        V power = LanesMath.PowerOfTwo<V, T>(half);
        V h = V.MultiplyAdd(power, p, power - V.Constant(0.5));
        V near = h + (h / V.MultiplyAdd(h, V.Constant(2), one));
        return V.CopySign(V.Select(V.Greater(a, V.Constant(20)), V.ScaleByPowerOfTwo(p + one, half), near), x);
    }

    /// <summary>cosh x = h + 1/(4h) with h = e|ˣ|/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cosh<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V r = ReduceByLn2<V, T>(ClampExp<V, T>(V.Abs(x)), out V n);
        V one = V.Constant(1);
        V h = V.ScaleByPowerOfTwo(one + ExpMinusOne<V, T>(r), n - one);
        return h + (V.Constant(0.25) / h);
    }

    /// <summary>eˣ where <see cref="ClampExp"/> keeps x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpOfClamped<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Avx512F.IsSupported && (typeof(V) == typeof(Lanes512<float>) || typeof(V) == typeof(LanesPair<Lanes512<float>, float>)))
        {
            return ExpTabulated<V, T>(x);
        }

        V r = ReduceByLn2<V, T>(x, out V n);
        return V.ScaleByPowerOfTwo(V.Constant(1) + ExpMinusOne<V, T>(r), n);
    }

    /// <summary>e⁻ᵃ for a ≥ 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpOfNegative<V, T>(V a)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ExpOfClamped<V, T>(V.MaxNative(V.Constant(typeof(T) == typeof(float) ? -105 : -747), -a));

    /// <summary>Keeps x where eˣ neither underflows to 0 nor overflows, with a margin; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ClampExp<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(float)
            ? V.MaxNative(V.Constant(-105), V.MinNative(V.Constant(90), x))
            : V.MaxNative(V.Constant(-747), V.MinNative(V.Constant(711), x));

    /// <summary>r = x − n·ln 2 with n = round(x / ln 2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ReduceByLn2<V, T>(V x, out V n)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V rounding = V.Constant(LanesMath.Rounding<T>());
        n = V.MultiplyAdd(x, V.Constant(1.4426950408889634), rounding) - rounding;
        return typeof(T) == typeof(float)
            ? V.MultiplyAdd(n, V.Constant(1.9046542e-09), V.MultiplyAdd(n, V.Constant(-0.693147182), x))
            : V.MultiplyAdd(n, V.Constant(-2.3190468138462996e-17), V.MultiplyAdd(n, V.Constant(-0.6931471805599453), x));
    }

    /// <summary>eʳ − 1 for |r| ≤ ln 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpMinusOne<V, T>(V r)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.MultiplyAdd(r * r, ExpSeries<V, T>(r), r);

    /// <summary>q(r) = (eʳ − 1 − r)/r² for |r| ≤ ln 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpSeries<V, T>(V r)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V z = r * r;
        return typeof(T) == typeof(float)
            ? Polynomial.Horner<V, T>(r, 0.5, 0.166666672, 0.041666355, 0.00833327323, 0.00139411027, 0.000199143033)
            : V.MultiplyAdd(
                r,
                Polynomial.Horner<V, T>(
                    z, 0.16666666666666685, 0.008333333333314463, 0.00019841269903349192, 2.75572276381195e-06, 2.5114581574268915e-08),
                Polynomial.Horner<V, T>(
                    z, 0.5000000000000006, 0.041666666666572955, 0.0013888888932614832, 2.4801504146377512e-05, 2.762645120572673e-07));
    }

    /// <summary>(eˣ − 1)/2 = 2ⁿ⁻¹·(eʳ − 1) + (2ⁿ⁻¹ − ½): the half keeps 2ⁿ⁻¹ finite up to where the result overflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V HalfExpm1<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V clamped = typeof(T) == typeof(float)
            ? V.MaxNative(V.Constant(-20), V.MinNative(V.Constant(89), x))
            : V.MaxNative(V.Constant(-40), V.MinNative(V.Constant(709.9), x));
        V r = ReduceByLn2<V, T>(clamped, out V n);
        V half = V.Constant(0.5);
        V power = LanesMath.PowerOfTwo<V, T>(n - V.Constant(1));
        return V.MultiplyAdd(power, ExpMinusOne<V, T>(r), power - half);
    }
}
