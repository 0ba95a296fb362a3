using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ProbNet.Autodiff;

// Functions of floats whose arguments are reduced so far, with tables of 32 entries that lie in two registers, that short polynomials do.
internal static partial class VectorMath
{
    /// <summary>
    /// e^x = 2ⁿ·(1 + r + r²·q(r)) with n = round(32·x / ln 2)/32, |r| ≤ ln 2 / 64: the table has 2 to the fraction of n, with
    /// what its rounding has lost, and the scaling takes the rest, ⌊n⌋.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpTabulated<V, T>(V clamped)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V rounding = V.Constant(393216);
        V index = V.MultiplyAdd(clamped, V.Constant(1.4426950408889634), rounding);
        V n = index - rounding;
        V r = V.MultiplyAdd(n, V.Constant(1.9046542e-09), V.MultiplyAdd(n, V.Constant(-0.693147182), clamped));
        V rest = V.Lookup(
            index,
            Vector512.Create(
                0f, -4.708458e-8f, 4.628547e-8f, -5.560423e-8f, -1.19921575e-8f, -4.8776066e-8f, 4.729782e-8f, -3.4814427e-8f,
                3.193418e-8f, -2.6886665e-8f, 3.6210572e-8f, 1.118421e-9f, -3.0990723e-8f, -2.6383011e-8f, -7.475213e-9f, -4.2456357e-8f),
            Vector512.Create(
                1.7114271e-8f, 2.3001967e-8f, -3.0476834e-8f, -1.6538538e-8f, 5.233334e-9f, -3.5920646e-8f, 6.1075918e-9f, -3.1140544e-8f,
                -1.4719606e-8f, -2.8218102e-8f, -5.258795e-9f, -6.3603873e-9f, -6.1282597e-9f, -2.4880409e-8f, 5.1406093e-9f, -8.697267e-9f));
        V p = V.MultiplyAdd(r * r, V.MultiplyAdd(r, V.Constant(0.16666715), V.Constant(0.50000244)), r + rest);
        V power = V.Lookup(
            index,
            Vector512.Create(
                1f, 1.0218972f, 1.0442737f, 1.0671405f, 1.0905077f, 1.1143868f, 1.1387886f, 1.1637249f,
                1.1892071f, 1.2152474f, 1.2418578f, 1.269051f, 1.2968396f, 1.3252367f, 1.3542556f, 1.38391f),
            Vector512.Create(
                1.4142135f, 1.4451808f, 1.4768262f, 1.5091645f, 1.5422108f, 1.5759809f, 1.6104903f, 1.6457555f,
                1.6817929f, 1.7186193f, 1.7562522f, 1.7947091f, 1.8340081f, 1.8741677f, 1.9152066f, 1.9571441f));
        return V.ScaleByPowerOfTwo(V.MultiplyAdd(power, p, power), n);
    }

    /// <summary>
    /// log x = k·log 2 − log c + log(1 + r) with x = 2ᵏ·m, ¾ ≤ m &lt; 1½, and r = c·m − 1, |r| ≤ 2⁻⁵, for a c of the table that is a multiple of 2⁻²⁰ and whose
    /// logarithm is a float to 0.002 of its last place. The exponent of 0, of ∞ and the mantissa of negative numbers are such that the result is right.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogTabulated<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V m = V.Mantissa(x);
        V index = V.ShiftRight(m, 18);
        return LogOfParts<V, T>(V.Exponent(x) - V.Exponent(m), index, V.MultiplyAdd(m, LogTableFactor<V, T>(index), V.Constant(-1)));
    }

    /// <summary>
    /// log(1 + x) as log u with u = 1 + x rounded, but with r = (c·2⁻ᵏ)·x + (c·2⁻ᵏ − 1): what rounding 1 + x has lost is in it. The bounds of k and of x keep r finite at −1
    /// and at ∞.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Log1pTabulated<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V u = V.Constant(1) + x;
        V m = V.Mantissa(u);
        V down = V.Exponent(m) - V.Exponent(u);
        V index = V.ShiftRight(m, 18);
        V factor = V.ScaleByPowerOfTwo(LogTableFactor<V, T>(index), V.MinNative(V.Constant(24), down));
        V r = V.MultiplyAdd(V.MinNative(V.Constant(float.MaxValue), x), factor, factor + V.Constant(-1));
        return V.CopySign(LogOfParts<V, T>(-down, index, r), x);
    }

    /// <summary>k·log 2 − log c + log(1 + r) for the c of an index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogOfParts<V, T>(V k, V index, V r)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V p = Polynomial.Horner<V, T>(r, -0.5, 0.33333445, -0.25004873, 0.19548069);
        V log = V.Lookup(
            index,
            Vector512.Create(
                0f, 0.045857295f, 0.07508384f, 0.10374524f, 0.1316313f, 0.15873899f, 0.1846822f, 0.21069226f,
                0.23578154f, 0.25979865f, 0.2838569f, 0.30716538f, 0.3296249f, 0.352028f, 0.37402922f, 0.39518648f),
            Vector512.Create(
                -0.2774646f, -0.25693208f, -0.23678829f, -0.21721399f, -0.19790556f, -0.17909835f, -0.16062772f, -0.14240187f,
                -0.124752305f, -0.10717809f, -0.08992775f, -0.07286238f, -0.056343008f, -0.039493904f, -0.023624485f, 0f));
        return V.MultiplyAdd(k, V.Constant(0.693147182), log + V.MultiplyAdd(r * r, p, r));
    }

    /// <summary>c of <see cref="LogTabulated"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogTableFactor<V, T>(V index)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Lookup(
            index,
            Vector512.Create(
                1f, 0.95517826f, 0.9276657f, 0.9014549f, 0.87666416f, 0.85321903f, 0.83136845f, 0.8100233f,
                0.78995323f, 0.77120686f, 0.7528744f, 0.73552895f, 0.71919346f, 0.7032604f, 0.6879568f, 0.6735544f),
            Vector512.Create(
                1.3197794f, 1.2929573f, 1.2671728f, 1.24261f, 1.2188473f, 1.1961384f, 1.1742477f, 1.1530399f,
                1.1328678f, 1.1131325f, 1.0940952f, 1.0755825f, 1.0579605f, 1.0402842f, 1.0239058f, 1f));

    /// <summary>log1p(e)/e for 0 ≤ e ≤ 1, by cubics on 32 equal intervals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Log1pRatioTabulated<V, T>(V e)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V index = V.MultiplyAdd(e, V.Constant(31), V.Constant(LanesMath.Rounding<T>()));
        V d = e - V.Lookup(
            index,
            Vector512.Create(
                0.008015773f, 0.03223342f, 0.0641954f, 0.09681325f, 0.12903845f, 0.16118054f, 0.19374248f, 0.22600022f,
                0.25818005f, 0.2901529f, 0.3227429f, 0.35493404f, 0.38705504f, 0.4190325f, 0.45169565f, 0.48403227f),
            Vector512.Create(
                0.51638734f, 0.54848844f, 0.5805427f, 0.61268866f, 0.6449635f, 0.677521f, 0.7099685f, 0.74179304f,
                0.7744767f, 0.8066532f, 0.8384046f, 0.8708977f, 0.90344304f, 0.9356174f, 0.9680593f, 0.99989754f));
        V y = V.Lookup(
            index,
            Vector512.Create(
                -0.2436657f, -0.2258733f, -0.2046579f, -0.18596391f, -0.16943166f, -0.15476094f, -0.1416999f, -0.13003619f,
                -0.11959002f, -0.110208444f, -0.10176085f, -0.094135255f, -0.08723529f, -0.08097772f, -0.075290464f, -0.07011082f),
            Vector512.Create(
                -0.06538413f, -0.061062586f, -0.057104275f, -0.053472336f, -0.05013426f, -0.04706133f, -0.0442281f, -0.041611966f,
                -0.03919282f, -0.036952734f, -0.034875676f, -0.032947294f, -0.031154715f, -0.029486367f, -0.027931832f, -0.026481712f));
        y = V.MultiplyAdd(y, d, V.Lookup(
            index,
            Vector512.Create(
                0.32741034f, 0.31039706f, 0.28976488f, 0.27066204f, 0.25349864f, 0.23787856f, 0.22341107f, 0.21027891f,
                0.1982426f, 0.1872281f, 0.17687224f, 0.16742161f, 0.15868841f, 0.15062083f, 0.14296637f, 0.13591908f),
            Vector512.Create(
                0.12934923f, 0.12326573f, 0.11758659f, 0.11225522f, 0.10723935f, 0.10249407f, 0.098054215f, 0.09395857f,
                0.089998946f, 0.08632667f, 0.0829065f, 0.079600774f, 0.07647278f, 0.07354789f, 0.0707556f, 0.06815814f)));
        y = V.MultiplyAdd(y, d, V.Lookup(
            index,
            Vector512.Create(
                -0.49470392f, -0.47926438f, -0.46009552f, -0.44182807f, -0.42494762f, -0.40916318f, -0.3941514f, -0.38016912f,
                -0.3670297f, -0.3547111f, -0.3428507f, -0.33177242f, -0.32130188f, -0.31141493f, -0.30182925f, -0.29281443f),
            Vector512.Create(
                -0.28423473f, -0.2761283f, -0.2684105f, -0.26102436f, -0.25394237f, -0.24711603f, -0.2406106f, -0.23450153f,
                -0.22849074f, -0.22281866f, -0.21744657f, -0.21216747f, -0.2070892f, -0.20226346f, -0.197583f, -0.19316114f)));
        return V.MultiplyAdd(y, d, V.Lookup(
            index,
            Vector512.Create(
                0.9960134f, 0.98422146f, 0.96921307f, 0.95450705f, 0.940544f, 0.92714167f, 0.9140655f, 0.90157884f,
                0.88955855f, 0.8780224f, 0.86665744f, 0.8558006f, 0.84531343f, 0.83519846f, 0.8251846f, 0.8155714f),
            Vector512.Create(
                0.80623734f, 0.79724425f, 0.78851783f, 0.78000915f, 0.7716998f, 0.763544f, 0.75563204f, 0.7480726f,
                0.7405072f, 0.73324704f, 0.7262581f, 0.71927893f, 0.71245706f, 0.70587224f, 0.69938684f, 0.693167f)));
    }

    /// <summary>
    /// sin(a + shift·π/16) for 0 ≤ a ≤ 30,000: with a = n·π/16 + r, |r| ≤ π/32, it is S + (C·sin r + S·(cos r − 1)),
    /// where S (in two parts) and C are the sine and cosine of (n + shift)·π/16.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SinTabulated<V, T>(V a, int shift)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V rounding = V.Constant(LanesMath.Rounding<T>());
        V index = V.MultiplyAdd(a, V.Constant(5.092958178940651), rounding);
        V n = index - rounding;
        V r = V.MultiplyAdd(n, V.Constant(-0.19634954631328583), a);
        r = V.MultiplyAdd(n, V.Constant(5.463923535842241e-09), r);
        V rest = n * V.Constant(2.1439056375073523e-16);
        if (shift != 0)
        {
            index = V.AddBits(index, V.Bits(shift));
        }

        V sine = V.Lookup(
            index,
            Vector512.Create(
                0f, 0.19509032f, 0.38268343f, 0.55557024f, 0.70710677f, 0.8314696f, 0.9238795f, 0.98078525f,
                1f, 0.98078525f, 0.9238795f, 0.8314696f, 0.70710677f, 0.55557024f, 0.38268343f, 0.19509032f),
            Vector512.Create(
                0f, -0.19509032f, -0.38268343f, -0.55557024f, -0.70710677f, -0.8314696f, -0.9238795f, -0.98078525f,
                -1f, -0.98078525f, -0.9238795f, -0.8314696f, -0.70710677f, -0.55557024f, -0.38268343f, -0.19509032f));
        V cosine = V.Lookup(
            index,
            Vector512.Create(
                1f, 0.98078525f, 0.9238795f, 0.8314696f, 0.70710677f, 0.55557024f, 0.38268343f, 0.19509032f,
                0f, -0.19509032f, -0.38268343f, -0.55557024f, -0.70710677f, -0.8314696f, -0.9238795f, -0.98078525f),
            Vector512.Create(
                -1f, -0.98078525f, -0.9238795f, -0.8314696f, -0.70710677f, -0.55557024f, -0.38268343f, -0.19509032f,
                0f, 0.19509032f, 0.38268343f, 0.55557024f, 0.70710677f, 0.8314696f, 0.9238795f, 0.98078525f));
        V z = r * r;
        V slope = r * cosine;
        V sineRest = V.Lookup(
            index,
            Vector512.Create(
                0f, -1.6704714e-9f, 6.2233507e-9f, -1.1769521e-8f, 1.21016175e-8f, 1.6870263e-8f, 2.830749e-8f, 2.9739473e-8f,
                0f, 2.9739473e-8f, 2.830749e-8f, 1.6870263e-8f, 1.21016175e-8f, -1.1769521e-8f, 6.2233507e-9f, -1.6704714e-9f),
            Vector512.Create(
                0f, 1.6704714e-9f, -6.2233507e-9f, 1.1769521e-8f, -1.21016175e-8f, -1.6870263e-8f, -2.830749e-8f, -2.9739473e-8f,
                0f, -2.9739473e-8f, -2.830749e-8f, -1.6870263e-8f, -1.21016175e-8f, 1.1769521e-8f, -6.2233507e-9f, 1.6704714e-9f));
        V even = V.MultiplyAdd(z * sine, V.MultiplyAdd(z, V.Constant(0.041653283), V.Constant(-0.49999997)), sineRest);
        V odd = z * V.MultiplyAdd(z, V.Constant(0.008331421), V.Constant(-0.16666667));
        V sum = V.MultiplyAdd(r, cosine, sine);
        V lost = V.MultiplyAdd(r, cosine, sine - sum);
        return sum + V.MultiplyAdd(rest, cosine, V.MultiplyAdd(slope, odd, even + lost));
    }
}
