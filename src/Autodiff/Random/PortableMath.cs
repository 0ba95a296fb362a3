using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// Logarithm, square root and normal quantile from +, −, ×, fused multiply-add and integer operations alone: IEEE 754 rounds those the same
/// everywhere, so every
/// processor and device gets the same bits. Float is good to about 1e-7, double to 1e-15.
/// </summary>
/// <remarks>The polynomials are Chebyshev interpolants, computed with 50 digits; highest power first, in the distance from the centre of
/// the interval.</remarks>
internal static class PortableMath
{
    private const double LogTwoHigh = 0.693145751953125;
    private const double LogTwoLow = 1.42860682030941723212e-6;
    private const double SqrtHalf = 0.70710678118654752440;

    // (log(1 + f) − f + f²/2) / f³ on [√½ − 1, √2 − 1].
    private const double LogCentre = 0.060660171779821286601;

    private static ReadOnlySpan<double> LogDouble => 
    [
        0.027053075892336406, -0.030052934035001016, 0.01739843681669973, -0.019505412219060794, 0.025953326573798376,
        -0.029222823129394292, 0.0324809725165037, -0.0368855713541986, 0.04214252636357537, -0.04837623229451071,
        0.055909093198443734, -0.06514261804796642, 0.07664732127605148, -0.09127857580424739, 0.11037434416568771,
        -0.13615079391038723, 0.17256585460943533, -0.22745615941420505, 0.31886885709483553,
    ];

    // √2 erf⁻¹(u) / u as a function of w = −log(1 − u²) on [0, 5] (the variable of Giles 2010, "Approximating the erfinv function").
    private const double CentralCentre = 2.5;

    private static ReadOnlySpan<double> CentralDouble => 
    [
        3.7418277765660954e-18, -3.005991019861824e-17, -1.4813799966920084e-16, 2.5717251497601876e-15, -4.429714956677305e-15,
        -1.0679008776686067e-13, 7.592179653214651e-13, 1.284963003119658e-12, -4.39912223437694e-11, 1.6916254882722136e-10,
        1.2831311523329006e-9, -1.5360036647889597e-8, 1.8974214298575432e-8, 6.770197244136967e-7, -4.831829763633398e-6,
        -7.065523544817908e-6, 0.000308652483824766, -0.001771596512913367, -0.005907619380164654, 0.348802024399054,
        2.12331346701467,
    ];

    // The same as a function of √w: for float on w in [5, 22.3], for double on [5, 37].
    private const double TailCentreFloat = 3.4791777793734138583;
    private const double TailCentreDouble = 4.1594152538990046927;

    private static ReadOnlySpan<double> TailFloat => 
    [
        6.723879632468135e-7, 7.500681563859877e-6, -3.075284171119687e-5, 1.1889663787010877e-5, 0.00011981294336384364,
        -0.0003519818094530921, 0.0006534708001974947, -0.0010335478857386668, 0.0016512100067213478, -0.003052212361270047,
        0.004820526652436671, 1.4244378729256064, 4.687427117328196,
    ];

    private static ReadOnlySpan<double> TailDouble => 
    [
        3.80834917014814e-15, -1.2483104420783232e-14, -7.657785080405411e-14, 3.173723332735012e-13, 3.6253200544373707e-13,
        -2.4344773040328363e-12, 4.64369809265111e-13, 6.596442994170046e-13, 2.83757065855343e-11, -1.6351241835314592e-11,
        -3.527393027551758e-10, 1.2832506699061907e-9, -1.7225728779497071e-9, -3.0829458978790083e-9, 2.450314636428942e-8,
        -7.220279697719887e-8, 1.083864035721618e-7, 5.03113238230423e-8, -8.355268216699378e-7, 2.8941405427599786e-6,
        -6.798347003045215e-6, 1.2786538244796946e-5, -2.1919494735725008e-5, 4.2431676496683996e-5, -0.0001108669443831666,
        0.0003455696818972702, -0.0009763912558963846, 0.0012570893507227235, 1.4281202750426973, 5.6579023414676675,
    ];

    /// <summary>log x for a positive normal number between 2⁻¹²⁰ and 2¹²⁰.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (V exponent, V f) = Reduce<V, T>(x);
        return LogOfReduced<V, T>(exponent, f);
    }

    /// <summary>log u for 0 &lt; u ≤ 1, given 1 − u as well, so that u close to 1 costs nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogOfUnit<V, T>(V u, V rest)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (V exponent, V f) = Reduce<V, T>(u);

        // Above √½ the exponent is 0 and f is u − 1.
        f = V.Select(V.Greater(u, V.Constant(SqrtHalf)), -rest, f);
        return LogOfReduced<V, T>(exponent, f);
    }

    /// <summary>√x for a positive normal number: Newton's iteration for 1/√x from its exponent halved, and one correction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sqrt<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V y = V.SubtractBits(V.Bits(typeof(T) == typeof(float) ? 0x5F3759DF : 0x5FE6EB50C7B537A9), V.ShiftRight(x, 1));
        V half = x * V.Constant(0.5);
        for (int i = 0; i < 3; i++)
        {
            y = y * V.MultiplyAdd(-half, y * y, V.Constant(1.5));
        }

        V root = x * y;
        return V.MultiplyAdd(V.Constant(0.5) * y, V.MultiplyAdd(-root, root, x), root);
    }

    /// <summary>√2 erf⁻¹(u) for 0 &lt; u &lt; 1, given 1 − u as well: |z| of a standard normal z with P(|z| &lt; x) = u.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V HalfNormalQuantile<V, T>(V u, V rest)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool isFloat = typeof(T) == typeof(float);
        V w = -Log<V, T>(rest * (V.Constant(1) + u));
        V x = w - V.Constant(CentralCentre);
        V ratio = isFloat
            ? Horner<V, T>(
                x, -1.2631650845231844e-8, 3.300204129926405e-8, 6.620377013918633e-7, -4.8988149453477095e-6, -7.032063362637922e-6,
                0.00030879266335611896, -0.0017716226531884118, -0.005907725659473031, 0.34880202766655194, 2.12331348022277)
            : Horner<V, T>(CentralDouble, x);
        V far = V.Greater(w, V.Constant(5));
        if (V.Any(far))
        {
            V centre = V.Constant(isFloat ? TailCentreFloat : TailCentreDouble);
            V safe = V.Select(far, w, V.Constant(5));
            V tail = Horner<V, T>(isFloat ? TailFloat : TailDouble, Sqrt<V, T>(safe) - centre);
            ratio = V.Select(far, tail, ratio);
        }

        return u * ratio;
    }

    /// <summary>x = (1 + f)·2ᵉ with 1 + f in [√½, √2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V Exponent, V F) Reduce<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool isFloat = typeof(T) == typeof(float);
        int mantissa = isFloat ? 23 : 52;

        // The exponent plus 128, so that it is positive, as an integer; added to 2^mantissa it becomes a number.
        V shifted = V.AddBits(V.SubtractBits(x, V.Bits(isFloat ? 0x3F3504F3 : 0x3FE6A09E667F3BCD)), V.Bits(128L << mantissa));
        V biased = V.ShiftRight(shifted, mantissa);
        V power = V.Constant(isFloat ? 8388608.0 : 4503599627370496.0);
        V exponent = (biased | power) - power - V.Constant(128);
        V one = V.SubtractBits(x, V.ShiftLeft(V.SubtractBits(biased, V.Bits(128)), mantissa));
        return (exponent, one - V.Constant(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogOfReduced<V, T>(V exponent, V f)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V x = f - V.Constant(LogCentre);
        V tail = typeof(T) == typeof(float)
            ? Horner<V, T>(
                x, -0.06201500119018334, 0.07145208176328235, -0.06357257160468766, 0.07485908502188932, -0.09135028648819506,
                0.11045600193396447, -0.13614966180896382, 0.17256456559959085, -0.227456162250005, 0.3188688603236164)
            : Horner<V, T>(LogDouble, x);
        V square = f * f;
        V small = V.MultiplyAdd(exponent, V.Constant(LogTwoLow), square * V.MultiplyAdd(f, tail, V.Constant(-0.5)));
        return V.MultiplyAdd(exponent, V.Constant(LogTwoHigh), f + small);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Horner<V, T>(ReadOnlySpan<double> coefficients, V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V sum = V.Constant(coefficients[0]);
        for (int i = 1; i < coefficients.Length; i++)
        {
            sum = V.MultiplyAdd(sum, x, V.Constant(coefficients[i]));
        }

        return sum;
    }

    // Written out for float, which is drawn most: the JIT does not unroll the loop over coefficients, and each would be converted every time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Horner<V, T>(V x, double c9, double c8, double c7, double c6, double c5, double c4, double c3, double c2, double c1, double c0)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V sum = V.MultiplyAdd(V.Constant(c9), x, V.Constant(c8));
        sum = V.MultiplyAdd(sum, x, V.Constant(c7));
        sum = V.MultiplyAdd(sum, x, V.Constant(c6));
        sum = V.MultiplyAdd(sum, x, V.Constant(c5));
        sum = V.MultiplyAdd(sum, x, V.Constant(c4));
        sum = V.MultiplyAdd(sum, x, V.Constant(c3));
        sum = V.MultiplyAdd(sum, x, V.Constant(c2));
        sum = V.MultiplyAdd(sum, x, V.Constant(c1));
        return V.MultiplyAdd(sum, x, V.Constant(c0));
    }
}
