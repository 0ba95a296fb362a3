using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ProbNet.Autodiff;

// Circular functions and their inverses. Arguments are reduced by π/2 in three parts whose products fused multiply-adds keep exact
// (Cody and Waite 1980); the few larger ones go to the runtime lane by lane. Polynomials are minimax, by Remez' exchange.
internal static partial class VectorMath
{
    /// <summary>sin x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sin<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V huge = Huge<V, T>(x);
        if (Avx512F.IsSupported && (typeof(V) == typeof(Lanes512<float>) || typeof(V) == typeof(LanesPair<Lanes512<float>, float>)))
        {
            V t = SinTabulated<V, T>(V.Abs(x), 0) ^ (x & V.Constant(-0.0));
            return V.Any(huge) ? V.Select(huge, PerLane<V, T, SinScalar>(x), t) : t;
        }

        V r = ReduceByHalfPi<V, T>(x, out V quadrant);
        V one = V.Constant(1);
        V y = V.Select(V.Equal(Parity<V, T>(quadrant) | one, one), SinPolynomial<V, T>(r), CosPolynomial<V, T>(r));
        y = V.Select(V.Equal(x, V.Zero), x, y ^ QuadrantSign<V, T>(quadrant));
        return V.Any(huge) ? V.Select(huge, PerLane<V, T, SinScalar>(x), y) : y;
    }

    /// <summary>cos x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cos<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V huge = Huge<V, T>(x);
        if (Avx512F.IsSupported && (typeof(V) == typeof(Lanes512<float>) || typeof(V) == typeof(LanesPair<Lanes512<float>, float>)))
        {
            V t = SinTabulated<V, T>(V.Abs(x), 8);
            return V.Any(huge) ? V.Select(huge, PerLane<V, T, CosScalar>(x), t) : t;
        }

        V r = ReduceByHalfPi<V, T>(x, out V quadrant);
        V one = V.Constant(1);
        V y = V.Select(V.Equal(Parity<V, T>(quadrant) | one, one), CosPolynomial<V, T>(r), SinPolynomial<V, T>(r));
        y ^= QuadrantSign<V, T>(V.AddBits(quadrant, V.Bits(1)));
        return V.Any(huge) ? V.Select(huge, PerLane<V, T, CosScalar>(x), y) : y;
    }

    /// <summary>tan x = sin x / cos x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tan<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V huge = Huge<V, T>(x);
        V r = ReduceByHalfPi<V, T>(x, out V quadrant);
        V sin = SinPolynomial<V, T>(r), cos = CosPolynomial<V, T>(r);
        V one = V.Constant(1);
        V parity = Parity<V, T>(quadrant);
        V even = V.Equal(parity | one, one);
        V y = V.Select(even, sin, cos) / V.Select(even, cos, sin);
        y = V.Select(V.Equal(x, V.Zero), x, y ^ parity);
        return V.Any(huge) ? V.Select(huge, PerLane<V, T, TanScalar>(x), y) : y;
    }

    /// <summary>arcsin x: x + x³·A(x²) up to ½, and π/2 − 2·arcsin √((1 − |x|)/2) beyond; NaN outside [−1, 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Asin<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V a = V.Abs(x);
        V p = AsinOfHalf<V, T>(a, out V large);
        V far = V.Constant(1.5707963267948966) - ((p + p) - HalfPiRest<V, T>());
        return V.CopySign(V.Select(large, far, p), x);
    }

    /// <summary>arccos x: π/2 − arcsin x up to ½, and 2·arcsin √((1 − |x|)/2), or π minus it, beyond.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Acos<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V p = AsinOfHalf<V, T>(V.Abs(x), out V large);
        V rest = HalfPiRest<V, T>();
        V twice = p + p;
        V negative = V.Constant(Math.PI) - (twice - (rest + rest));
        V near = V.Constant(1.5707963267948966) - (V.CopySign(p, x) - rest);
        return V.Select(large, V.Select(V.Less(x, V.Zero), negative, twice), near);
    }

    /// <summary>arctan x, reduced to |x| ≤ tan π/8 by arctan x = π/4 + arctan((x − 1)/(x + 1)) = π/2 + arctan(−1/x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Atan<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = V.Constant(1);
        V a = V.Abs(x);
        V middle = V.Greater(a, V.Constant(0.41421356237309503));
        V large = V.Greater(a, V.Constant(2.414213562373095));
        V r = V.Select(large, -one, V.Select(middle, a - one, a)) / V.Select(large, a, V.Select(middle, a + one, one));
        V z = r * r;
        V p = typeof(T) == typeof(float)
            ? Polynomial.Horner<V, T>(z, -0.333333164, 0.199984789, -0.142436281, 0.105942778, -0.0607885942)
            : Polynomial.Horner<V, T>(
                z, -0.333333333333332, 0.19999999999953239, -0.14285714280159156, 0.11111110781472687, -0.09090897697227054,
                0.07692059079075855, -0.06663090459697324, 0.05847785503171889, -0.05038815107283724, 0.03805157824208451,
                -0.01789241417165653);
        V scale = V.Select(large, one, middle & V.Constant(0.5));
        V tail = V.MultiplyAdd(r * z, p, scale * HalfPiRest<V, T>());
        return V.CopySign(V.MultiplyAdd(scale, V.Constant(1.5707963267948966), r + tail), x);
    }

    /// <summary>arcsin s for s = a up to ½, s = √((1 − a)/2) beyond, which the mask tells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AsinOfHalf<V, T>(V a, out V large)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V half = V.Constant(0.5);
        large = V.Greater(a, half);
        V z = V.Select(large, V.MultiplyAdd(a, -half, half), a * a);
        V s = V.Select(large, V.Sqrt(z), a);
        V p = typeof(T) == typeof(float)
            ? Polynomial.Horner<V, T>(z, 0.166666597, 0.0750051737, 0.0445144698, 0.0318286903, 0.0143584833, 0.0376301035)
            : Polynomial.Horner<V, T>(
                z, 0.16666666666665347, 0.07500000000352022, 0.04464285681579566, 0.030381959658265595, 0.022371745466598585,
                0.017359895566080145, 0.013883342133216308, 0.012181693720125533, 0.0064737865865840995, 0.01967710042663598,
                -0.016458638626538537, 0.03207349816346526);
        return V.MultiplyAdd(s * z, p, s);
    }

    /// <summary>π/2 less what its rounding to <typeparamref name="T"/> holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V HalfPiRest<V, T>()
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Constant(typeof(T) == typeof(float) ? -4.371138828673793e-08 : 6.123233995736766e-17);

    /// <summary>Where |x| is past the exact reduction, or not finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Huge<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Greater(V.Abs(x), V.Constant(typeof(T) == typeof(float) ? 30_000 : 1_000_000));

    /// <summary>r = x − n·π/2 with n = round(2x/π); the low bits of <paramref name="quadrant"/> are those of n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ReduceByHalfPi<V, T>(V x, out V quadrant)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V rounding = V.Constant(LanesMath.Rounding<T>());
        quadrant = V.MultiplyAdd(x, V.Constant(0.6366197723675814), rounding);
        V n = quadrant - rounding;
        bool single = typeof(T) == typeof(float);
        V r = V.MultiplyAdd(n, V.Constant(single ? -1.570796251296997 : -1.5707963267948966), x);
        r = V.MultiplyAdd(n, V.Constant(single ? -7.549789415861596e-08 : -6.123233995736765e-17), r);
        return V.MultiplyAdd(n, V.Constant(single ? -5.390302529957765e-15 : -1.0828566739219139e-32), r);
    }

    /// <summary>The sign bit set in odd quadrants.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Parity<V, T>(V quadrant)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.ShiftLeft(quadrant, typeof(T) == typeof(float) ? 31 : 63);

    /// <summary>The sign bit set in quadrants 2 and 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V QuadrantSign<V, T>(V quadrant)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.ShiftLeft(quadrant & V.Bits(2), typeof(T) == typeof(float) ? 30 : 62);

    /// <summary>sin r for |r| ≤ π/4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SinPolynomial<V, T>(V r)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V z = r * r;
        V p = typeof(T) == typeof(float)
            ? Polynomial.Horner<V, T>(z, -0.166666672, 0.00833332911, -0.000198393274, 2.71823728e-06)
            : Polynomial.Horner<V, T>(
                z, -0.16666666666666632, 0.008333333333322316, -0.00019841269829725232, 2.7557313662068177e-06,
                -2.5050753266433927e-08, 1.5896505070651194e-10);
        return V.MultiplyAdd(r * z, p, r);
    }

    /// <summary>cos r for |r| ≤ π/4: w + ((1 − w) − z/2) + z²·C(z) with w = 1 − z/2, z = r²; the middle term is what w has lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V CosPolynomial<V, T>(V r)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = V.Constant(1);
        V z = r * r;
        V p = typeof(T) == typeof(float)
            ? Polynomial.Horner<V, T>(z, 0.0416666679, -0.00138888834, 2.47994521e-05, -2.72050471e-07)
            : Polynomial.Horner<V, T>(
                z, 0.041666666666666595, -0.0013888888888872895, 2.4801587288748268e-05, -2.7557314148644386e-07,
                2.08756965751597e-09, -1.1358310613200735e-11);
        V halfSquare = z * V.Constant(0.5);
        V w = one - halfSquare;
        return w + V.MultiplyAdd(z * z, p, (one - w) - halfSquare);
    }
}
