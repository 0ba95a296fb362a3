using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ProbNet.Autodiff;

// The error function and its complement. erfc a = e^(−a²)·g(q)/(1 + 2a) with q = (a − c)/(a + c) (Shepherd and Laframboise 1981); g is the
// minimax polynomial by Remez' exchange, up to where erfc underflows. a² is carried in two parts: its rounding would grow by a² in the exponential.
internal static partial class VectorMath
{
    /// <summary>erf x: x·P(x²) up to 1, and 1 − erfc|x| with the sign of x beyond.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Avx512F.IsSupported && (typeof(V) == typeof(Lanes512<float>) || typeof(V) == typeof(LanesPair<Lanes512<float>, float>)))
        {
            return V.CopySign(ErfPiecewise<V, T>(V.MinNative(V.Constant(4.5), V.Abs(x))), x);
        }

        V one = V.Constant(1);
        V a = V.Abs(x);
        return V.CopySign(V.Select(V.Less(a, one), ErfOfUnit<V, T>(a), one - ErfcOfPositive<V, T>(a)), x);
    }

    /// <summary>erfc x: 1 − x·P(x²) up to ½, and relatively accurate in the upper tail.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erfc<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V a = V.Abs(x);
        V tail = ErfcOfPositive<V, T>(a);
        V far = V.Select(V.Less(x, V.Zero), V.Constant(2) - tail, tail);
        return V.Select(V.Less(a, V.Constant(0.5)), V.Constant(1) - ErfOfUnit<V, T>(x), far);
    }

    /// <summary>erf x for |x| ≤ 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfOfUnit<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V z = x * x;
        V p = typeof(T) == typeof(float)
            ? Polynomial.Horner<V, T>(
                z, 1.12837911, -0.37612626, 0.112835981, -0.0268543586, 0.0051893522, -0.000801904767, 7.88258549e-05)
            : Polynomial.Horner<V, T>(
                z, 1.1283791670955126, -0.37612638903183543, 0.1128379167094506, -0.026866170643243977, 0.005223977607147332,
                -0.0008548325975960216, 0.00012055294896142912, -1.4924736273730413e-05, 1.6447411459739816e-06,
                -1.6208343217616037e-07, 1.3719296621887927e-08, -7.794183424596709e-10);
        return x * p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfcOfPositive<V, T>(V a)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool single = typeof(T) == typeof(float);
        V one = V.Constant(1);
        V bounded = V.MinNative(V.Constant(single ? 10.5 : 27.5), a);
        V center = V.Constant(single ? 3 : 4);
        V q = (bounded - center) / (bounded + center);
        V z = q * q;
        V odd, even;
        if (typeof(T) == typeof(float))
        {
            odd = Polynomial.Horner<V, T>(z, -0.135621145, 0.129646465, 0.0682959259, 0.00256368658, -0.000767874066);
            even = Polynomial.Horner<V, T>(z, 1.25300801, -0.0475624353, -0.119270332, -0.0238011368, 0.00200705533, -0.000264153176);
        }
        else
        {
            odd = Polynomial.Horner<V, T>(
                z, -0.1396211168405629, 0.06809705425473522, 0.09373283499686472, 0.03716751556131269, 0.0050319697673496255,
                -0.00019925557641178388, -2.4402906473094203e-05, 5.7172522333990035e-06, -8.342229073640516e-07, 1.1457547953167116e-07,
                -1.3398907591458981e-08);
            even = Polynomial.Horner<V, T>(
                z, 1.2329951186255526, 0.015379652102619922, -0.10103906603630877, -0.06633036581241723, -0.01619773404991162,
                -0.0007577733958838441, 0.00015062243751732846, -1.1225200987500523e-05, 3.018343226981021e-07, 6.249191117066149e-08,
                -7.817456604775876e-09, -1.7162455602581445e-09);
        }

        V g = V.MultiplyAdd(q, odd, even) / V.MultiplyAdd(bounded, V.Constant(2), one);
        V square = bounded * bounded;
        V squareRest = V.MultiplyAdd(bounded, bounded, -square);
        V r = ReduceByLn2<V, T>(-square, out V n) - squareRest;
        return V.ScaleByPowerOfTwo(V.MultiplyAdd(g, ExpMinusOne<V, T>(r), g), n);
    }
}
