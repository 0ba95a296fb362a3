using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

// log Γ and ψ of positive floats: Stirling's series from 3 on, polynomials below. All coefficients are Chebyshev interpolants, computed with 40 digits.
internal static partial class VectorMath
{
    /// <summary><see cref="LogGamma"/> behind a call, for functions that would else be too long for the JIT to inline.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V CallLogGamma<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => LogGamma<V, T>(x);

    /// <summary>log Γ(x), relatively accurate also at its zeros 1 and 2: below 3 as u·(u + 1)·P(u) with u = x − 2, below 1 from Γ(x) = Γ(x + 1)/x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogGammaOfSingles<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = V.Constant(1), below = V.Less(x, one), log = Log<V, T>(x);
        V w = V.Select(below, x, x - one), u = w - one, square = u * u, fourth = square * square;
        V first = V.MultiplyAdd(u, V.Constant(-0.100317275), V.Constant(0.422784335));
        V second = V.MultiplyAdd(u, V.Constant(-0.0123849432), V.Constant(0.0329649878));
        V third = V.MultiplyAdd(u, V.Constant(-0.00210224243), V.Constant(0.00499899609));
        V last = V.MultiplyAdd(u, V.Constant(-0.000425154131), V.Constant(0.000912594484));
        V eighth = V.MultiplyAdd(u, V.Constant(-5.28397356e-05), V.Constant(0.000191739687));
        V tenth = V.MultiplyAdd(u, V.Constant(-3.85804752e-05), V.Constant(2.38816073e-05));
        V rest = V.MultiplyAdd(fourth, V.Constant(1.80915131e-05), V.MultiplyAdd(square, tenth, eighth));
        V p = V.MultiplyAdd(fourth, V.MultiplyAdd(fourth, rest, V.MultiplyAdd(square, last, third)), V.MultiplyAdd(square, second, first));
        V near = (u * w * p) - (log & below);
        V far = V.MultiplyAdd(x - V.Constant(0.5), log - one, V.Constant(0.4189385332046727) + StirlingOfSingles<V, T>(one / x));
        return V.Select(V.GreaterOrEqual(x, V.Constant(3)), far, near);
    }

    /// <summary>log Γ(x) − (x − ½)·log x + x − ½·log 2π for x ≥ 3, from 1/x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V StirlingOfSingles<V, T>(V inverse)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V square = inverse * inverse;
        return inverse * V.MultiplyAdd(square, V.MultiplyAdd(square, V.Constant(0.0007085910531), V.Constant(-0.002774386724)), V.Constant(0.08333331256));
    }

    /// <summary>ψ(x), relatively accurate also at its zero: (x − root)·P(x − 3/2) from 1 to 2, ψ(x − 1) + 1/(x − 1) up to 3, and ψ(x + 1) − 1/x below 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V DigammaOfSingles<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = V.Constant(1), below = V.Less(x, one), above = V.GreaterOrEqual(x, V.Constant(2)), far = V.GreaterOrEqual(x, V.Constant(3));
        V lower = x - one, between = V.AndNot(above, far), inverse = one / V.Select(between, lower, x);
        V reduced = V.Select(below, x + one, V.Select(between, lower, x));
        V shift = (inverse & (below | between)) ^ (below & V.Constant(-0.0));
        V root = (reduced - V.Constant(1.46163213)) - V.Constant(1.24381499e-08), t = reduced - V.Constant(1.5), square = t * t, fourth = square * square;
        V first = V.MultiplyAdd(t, V.Constant(-0.4236274975), V.Constant(0.951055876));
        V second = V.MultiplyAdd(t, V.Constant(-0.1483988614), V.Constant(0.240542535));
        V third = V.MultiplyAdd(t, V.Constant(-0.06205598039), V.Constant(0.09498468507));
        V last = V.MultiplyAdd(t, V.Constant(-0.02578688363), V.Constant(0.04085002674));
        V rest = V.MultiplyAdd(square, V.Constant(0.01090258867), V.MultiplyAdd(t, V.Constant(-0.01637362026), V.Constant(0.017114989)));
        V p = V.MultiplyAdd(fourth, V.MultiplyAdd(fourth, rest, V.MultiplyAdd(square, last, third)), V.MultiplyAdd(square, second, first));
        V powers = inverse * inverse;
        V series = Polynomial.Horner<V, T>(powers, 0.08333332785, -0.008331742294, 0.003893513343, -0.002966348855);
        return V.Select(far, Log<V, T>(x) - V.MultiplyAdd(powers, series, V.Constant(0.5) * inverse), V.MultiplyAdd(root, p, shift));
    }
}
