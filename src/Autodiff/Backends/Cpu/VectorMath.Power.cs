using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

// xʸ = e^(y·log|x|) with the logarithm and the product as unevaluated sums of two numbers (Dekker 1971): the exponential multiplies their
// relative error by up to 745. A result that is a representable number, such as 3², comes out exactly.
internal static partial class VectorMath
{
    /// <summary>xʸ with the corners of C99: x⁰ = 1ʸ = 1 even for NaN; a negative base needs an integral exponent, or gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Pow<V, T>(V x, V y)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = V.Constant(1);
        V a = V.Abs(x);
        V log = LogInTwoParts<V, T>(a, out V logRest);
        V p = y * log;
        V rest = V.MultiplyAdd(y, logRest, V.MultiplyAdd(y, log, -p));
        V magnitude = ExpOfTwoParts<V, T>(p, V.Select(V.Less(V.Abs(p), V.Constant(1e4)), rest, V.Zero));
        magnitude = V.Select(V.Equal(a, one) & V.Equal(y, y), one, magnitude);

        // An odd integer is integral, and its half is not. Beyond the precision of T all numbers are even.
        V half = y * V.Constant(0.5);
        V integral = V.Equal(V.Truncate(y), y);
        V odd = V.AndNot(integral, V.Equal(V.Truncate(half), half));
        V result = magnitude ^ (x & odd & V.Constant(-0.0));
        V undefined = V.AndNot(V.Less(x, V.Zero) & V.Greater(x, V.Constant(double.NegativeInfinity)), integral);
        result = V.Select(undefined, V.Constant(double.NaN), result);
        return V.Select(V.Equal(y, V.Zero) | V.Equal(x, one), one, result);
    }

    /// <summary>
    /// log a = k·log 2 + 2s + ⅔s³ + s⁵·R(s²) with a = 2ᵏ·(1 + f), s = f/(2 + f), rounded to <typeparamref name="T"/>, and what that leaves;
    /// all but the last term are carried in two parts.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogInTwoParts<V, T>(V a, out V rest)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool single = typeof(T) == typeof(float);
        V f = Decompose<V, T>(a, out V k);
        V two = V.Constant(2);
        V u = f + two;
        V reciprocal = V.Constant(1) / u;
        V s = f * reciprocal;
        V sRest = (V.MultiplyAdd(-s, u, f) - (s * (f - (u - two)))) * reciprocal;
        V z = s * s;
        V zRest = V.MultiplyAdd(s + s, sRest, V.MultiplyAdd(s, s, -z));
        V cube = z * s;
        V cubeRest = V.MultiplyAdd(zRest, s, V.MultiplyAdd(z, sRest, V.MultiplyAdd(z, s, -cube)));
        V r = typeof(T) == typeof(float)
            ? Polynomial.Horner<V, T>(z, 0.400000155, 0.285621285, 0.230524912)
            : Polynomial.Horner<V, T>(
                z, 0.4, 0.2857142857142939, 0.22222222221641127, 0.1818181833862675, 0.15384594626794937, 0.13334822504840882,
                0.11705769616825985, 0.11727966689685217);
        V twoThirds = V.Constant(2.0 / 3);
        V third = cube * twoThirds;
        V thirdRest = V.MultiplyAdd(
            cube, V.Constant(single ? -1.9868215517249155e-08 : 3.700743415417188e-17), V.MultiplyAdd(cube, twoThirds, -third));
        thirdRest = V.MultiplyAdd(cube * z, r, V.MultiplyAdd(cubeRest, twoThirds, thirdRest));

        // The first part of log 2 has so few bits that k times it is exact.
        V high = k * V.Constant(single ? 0.693145751953125 : 0.6931471805598903);
        V twice = s + s;
        V sum = high + twice;
        V lost = twice - (sum - high);
        V sum2 = sum + third;
        lost += third - (sum2 - sum);
        lost += V.MultiplyAdd(k, V.Constant(single ? 1.4286068203094173e-06 : 5.497923018708371e-14), sRest + sRest + thirdRest);
        V log = sum2 + lost;
        V regular = V.Greater(a, V.Zero) & V.Less(a, V.Constant(double.PositiveInfinity));
        rest = regular & (lost - (log - sum2));
        return V.Select(regular, log, V.Select(V.Equal(a, V.Zero), V.Constant(double.NegativeInfinity), a));
    }

    /// <summary>e^(x + rest), rounded all but once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpOfTwoParts<V, T>(V x, V rest)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool single = typeof(T) == typeof(float);
        V clamped = ClampExp<V, T>(x);
        V rounding = V.Constant(LanesMath.Rounding<T>());
        V n = V.MultiplyAdd(clamped, V.Constant(1.4426950408889634), rounding) - rounding;
        V exact = V.MultiplyAdd(n, V.Constant(single ? -0.693145751953125 : -0.6931471805598903), clamped);
        V low = V.MultiplyAdd(n, V.Constant(single ? -1.4286068203094173e-06 : -5.497923018708371e-14), rest);
        V r = exact + low;
        V rRest = low - (r - exact);
        V one = V.Constant(1);
        V sum = one + r;
        V tail = V.MultiplyAdd(r * r, ExpSeries<V, T>(r), rRest + (r - (sum - one)));
        return V.ScaleByPowerOfTwo(sum + tail, n);
    }
}
