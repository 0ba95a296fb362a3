using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

// log Γ and its derivative; for floats see VectorMath.GammaOfSingles. The recurrence takes arguments below 9 or 10 to an interval of length 1 by
// a product that every lane runs through, each for its own number of factors; Stirling's series serves those above. What is not positive
// and finite, or tiny, goes to the scalar functions lane by lane.
internal static partial class VectorMath
{
    /// <summary>log|Γ(x)|, relatively accurate on x &gt; 0, the zeros at 1 and 2 included; as <see cref="Special.LogGamma"/> elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogGamma<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V regular = V.Greater(x, V.Constant(LeastRegular<T>())) & V.Less(x, V.Constant(double.PositiveInfinity));
        if (typeof(V) == typeof(RecordedLanes<T>))
        {
            return LogGammaOfAny<V, T>(x, regular);
        }

        V y = LogGammaOfRegular<V, T>(x);
        return V.Any(~regular) ? V.Select(regular, y, PerLane<V, T, LogGammaScalar>(x)) : y;
    }

    /// <summary>
    /// log|Γ(x)| for any x without a branch: from Γ(x) = Γ(x + 1)/x around 0, and Γ(x)·Γ(1 − x) = π/sin πx below −½.
    /// </summary>
    private static V LogGammaOfAny<V, T>(V x, V regular)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = V.Constant(1), infinity = V.Constant(double.PositiveInfinity);
        V a = V.Abs(x);
        V near = V.Greater(x, V.Constant(-0.5));
        V moved = LogGammaOfRegular<V, T>(V.Select(regular, x, one + V.Select(near, x, -x)));
        V log = Log<V, T>(V.Select(near, a, V.Constant(Math.PI) / SinOfHalfTurns<V, T>(V.Abs(x - V.Round(x)))));
        V other = V.Select(near, moved - log, log - moved);
        V pole = (V.LessOrEqual(x, V.Zero) & V.Equal(x, V.Floor(x))) | V.Equal(a, infinity);
        return V.Select(regular, moved, V.Select(pole, infinity, other));
    }

    /// <summary>sin πr for 0 ≤ r ≤ ½.</summary>
    private static V SinOfHalfTurns<V, T>(V r)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V pi = V.Constant(Math.PI);
        return V.Select(V.Less(r, V.Constant(0.25)), SinPolynomial<V, T>(pi * r), CosPolynomial<V, T>(pi * (V.Constant(0.5) - r)));
    }

    // The floats from 0 on; doubles whose reciprocals are finite.
    private static double LeastRegular<T>() => typeof(T) == typeof(float) ? 0 : 1e-300;

    /// <summary>log Γ(x) for a finite x above <see cref="LeastRegular{T}"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogGammaOfRegular<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            return LogGammaOfSingles<V, T>(x);
        }

        V one = V.Constant(1);
        V below = V.Less(x, one);

        // Γ(x) = Γ(x + 1)/x below 1, and (x − 1)(x − 2)…(x − k)·Γ(x − k) with 2 < x − k ≤ 3 above 3.
        V product = one;
        V reduced = x;
        V factor = x;
        for (int k = 0; k < 6; k++)
        {
            factor -= one;
            V used = V.Greater(factor, V.Constant(2));
            product = V.Select(used, product * factor, product);
            reduced = V.Select(used, factor, reduced);
        }

        V w = V.Select(below, x, reduced - one);
        V u = w - one;
        V near = u * w * LogGammaPolynomial<V, T>(u);
        V large = V.GreaterOrEqual(x, V.Constant(9));
        V log = LogOfNormal<V, T>(V.Select(large | below, x, product));

        V inverse = one / x;
        V correction = inverse * Polynomial.Horner<V, T>(
            inverse * inverse,
            0.08333333333333333, -0.002777777777777778, 0.0007936507936507937, -0.0005952380952380953, 0.0008417508417508417,
            -0.0019175269175269176, 0.00641025641025641, -0.029550653594771242, 0.17964437236883057, -1.3924322169059011);
        V far = V.MultiplyAdd(x - V.Constant(0.5), log - one, V.Constant(0.4189385332046727) + correction);
        return V.Select(large, far, near + (log ^ (below & V.Constant(-0.0))));
    }

    /// <summary>
    /// ψ(x), relatively accurate on x &gt; 0, its zero at 1.46… included; as <see cref="Special.Digamma"/> elsewhere. ψ(x) = ψ(x − k) + Σ 1/(x − i); the sum is
    /// carried as one fraction.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Digamma<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V regular = V.Greater(x, V.Constant(LeastRegular<T>())) & V.Less(x, V.Constant(double.PositiveInfinity));
        if (typeof(V) == typeof(RecordedLanes<T>))
        {
            return DigammaOfAny<V, T>(x, regular);
        }

        V y = DigammaOfRegular<V, T>(x);
        return V.Any(~regular) ? V.Select(regular, y, PerLane<V, T, DigammaScalar>(x)) : y;
    }

    /// <summary>ψ(x) for any x without a branch: ψ(x) = ψ(1 − x) − π cot πx below 0, and −1/x around it.</summary>
    private static V DigammaOfAny<V, T>(V x, V regular)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V infinity = V.Constant(double.PositiveInfinity);
        V moved = DigammaOfRegular<V, T>(V.Select(regular, x, V.Constant(1) - x));
        V rest = x - V.Round(x);
        V r = V.Abs(rest);
        V cotangent = V.CopySign(SinOfHalfTurns<V, T>(V.Constant(0.5) - r) / SinOfHalfTurns<V, T>(r), rest);
        V reflected = moved - (V.Constant(Math.PI) * cotangent);
        V pole = V.Less(x, V.Zero) & V.Equal(x, V.Floor(x));
        V other = V.Select(V.Greater(V.Abs(x), V.Constant(LeastRegular<T>())), V.Select(pole, V.Constant(double.NaN), reflected), V.Constant(-1) / x);
        return V.Select(regular, moved, V.Select(V.Equal(x, infinity), infinity, V.Select(V.IsNaN(x), x, other)));
    }

    /// <summary>ψ(x) for a finite x above <see cref="LeastRegular{T}"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V DigammaOfRegular<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            return DigammaOfSingles<V, T>(x);
        }

        V one = V.Constant(1);
        V below = V.Less(x, one);
        V numerator = V.Select(below, -one, V.Zero);
        V denominator = V.Select(below, x, one);
        V reduced = V.Select(below, x + one, x);
        V term = x;
        for (int k = 0; k < 8; k++)
        {
            term -= one;
            V used = V.GreaterOrEqual(term, one);
            numerator = V.Select(used, V.MultiplyAdd(numerator, term, denominator), numerator);
            denominator = V.Select(used, denominator * term, denominator);
            reduced = V.Select(used, term, reduced);
        }

        V root = (reduced - V.Constant(1.4616321449683622)) - V.Constant(9.549995429965697e-17);
        V near = V.MultiplyAdd(root, DigammaPolynomial<V, T>(reduced - V.Constant(1.5)), numerator / denominator);

        V inverse = one / x;
        V square = inverse * inverse;
        V series = Polynomial.Horner<V, T>(
            square,
            0.08333333333333333, -0.008333333333333333, 0.003968253968253968, -0.004166666666666667, 0.007575757575757576,
            -0.021092796092796094, 0.08333333333333333, -0.4432598039215686);
        V far = LogOfNormal<V, T>(x) - V.MultiplyAdd(square, series, V.Constant(0.5) * inverse);
        return V.Select(V.GreaterOrEqual(x, V.Constant(10)), far, near);
    }

    /// <summary>log Γ(u + 2) / (u·(u + 1)) for |u| ≤ 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogGammaPolynomial<V, T>(V u)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V square = u * u;
        V fourth = square * square;
        V p0 = Polynomial.Horner<V, T>(
            fourth,
            0.42278433509846713, 0.004998641164627129, 0.0001825526153982638, 8.221234475942905e-06, 3.958940459367468e-07,
            5.910565853507869e-09, -4.312495770350818e-09);
        V p1 = Polynomial.Horner<V, T>(
            fourth,
            -0.10031730167435392, -0.0021081308339216706, -8.309511477709561e-05, -3.846858091533014e-06, -1.878442644643758e-07,
            -2.7296358592514825e-09, 2.0986002157033107e-09);
        V p2 = Polynomial.Horner<V, T>(
            fourth,
            0.03296500062115691, 0.0009153769240386907, 3.816907658276081e-05, 1.8113906873056685e-06, 1.042041826608264e-07,
            1.6194359237484174e-08, 1.5746606982777302e-09);
        V p3 = Polynomial.Horner<V, T>(
            fourth,
            -0.012384192193371805, -0.0004057073983775151, -1.7661767658452517e-05, -8.54560908975883e-07, -4.9827532071170234e-08,
            -7.842557720538356e-09, -7.639292345836201e-10);
        return V.MultiplyAdd(square, V.MultiplyAdd(u, p3, p2), V.MultiplyAdd(u, p1, p0));
    }

    /// <summary>ψ(t + 3/2) / (t + 3/2 − root) for |t| ≤ ½.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V DigammaPolynomial<V, T>(V t)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V square = t * t;
        V fourth = square * square;
        V p0 = Polynomial.Horner<V, T>(
            fourth,
            0.9510558760318328, 0.09498872445283, 0.017907248195969127, 0.0035180800751066694, 0.0006899717801166841, 9.173383289174792e-5);
        V p1 = Polynomial.Horner<V, T>(
            fourth,
            -0.42362742128146047, -0.06192213327165706, -0.011908215172584002, -0.002344650082351321, -0.0004599625144612576,
            -6.11554261750751e-5);
        V p2 = Polynomial.Horner<V, T>(
            fourth,
            0.24054248424078736, 0.04076083394462657, 0.007927024067961237, 0.0015635679757533885, 0.0003268068044141764,
            0.00012230983055406747);
        V p3 = Polynomial.Horner<V, T>(
            fourth,
            -0.14840492305391761, -0.02697579684427536, -0.00528001782089874, -0.001042261556504223, -0.0002178682145501451,
            -8.153978973309418e-5);
        return V.MultiplyAdd(square, V.MultiplyAdd(t, p3, p2), V.MultiplyAdd(t, p1, p0));
    }

    private readonly struct LogGammaScalar : IScalarFunction
    {
        public static double Apply(double x) => Special.LogGamma(x);
    }

    private readonly struct DigammaScalar : IScalarFunction
    {
        public static double Apply(double x) => Special.Digamma(x);
    }
}
