using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

// Log densities on lanes of floats: Stirling's series from 3 on, and large terms that cancel are cancelled on paper. The parts are methods of their own, since
// a longer one would exhaust the JIT's inlining budget, and are compiled for good at once, as the loops that call them.
internal static partial class SpecialLanes
{
    // Where Stirling's series begins to be good to a float, and arguments up to whose square nothing overflows.
    private const double StirlingFrom = 3, MostSingle = 1e18, LeastSingle = 1e-18;

    private const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>log B(a, b).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogBetaOfSingles<V, T>(V a, V b)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V regular = IsRegular<V, T>(a) & IsRegular<V, T>(b), from = V.Constant(StirlingFrom);
        V small = V.Select(regular, V.MinNative(a, b), from), large = V.Select(regular, V.MaxNative(a, b), from);
        V far = V.GreaterOrEqual(small, from), y = V.Zero;
        if (V.Any(~far))
        {
            y = LogBetaOfSmall<V, T>(small, large);
        }

        if (V.Any(far))
        {
            y = V.Select(far, LogBetaFromStirling<V, T>(small, large), y);
        }

        return V.Any(~regular) ? Scalar<V, T, ScalarLogBeta>(regular, y, a, b, b) : y;
    }

    /// <summary>k·log λ − λ − log Γ(a) with k = a − 1; from k = 3 on as −k·(r − 1 − log r) − ½·log 2πk − δ(k) with r = λ/k (Loader 2000).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V PoissonLogMassOfSingles<V, T>(V k, V a, V rate)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V far = V.GreaterOrEqual(k, V.Constant(StirlingFrom)), y = V.Zero;
        if (V.Any(~far))
        {
            y = (k * VectorMath.Log<V, T>(rate)) - rate - VectorMath.CallLogGamma<V, T>(a);
        }

        if (V.Any(far))
        {
            V inverse = V.Constant(1) / k;
            V root = V.MultiplyAdd(V.Constant(0.5), VectorMath.Log<V, T>(k), V.Constant(HalfLogTwoPi) + VectorMath.StirlingOfSingles<V, T>(inverse));
            y = V.Select(far, -root - (k * Deviance<V, T>((rate - k) * inverse, rate * inverse)), y);
        }

        return y;
    }

    /// <summary>
    /// (a − 1)·log x + (b − 1)·log(1 − x) − log B(a, b). From a, b = 4 on as the mass of the binomial distribution (Loader 2000): with j = a − 1, k = b − 1 and
    /// n = j + k it is log(n + 1) + ½·log(n/(2πjk)) + δ(n) − δ(j) − δ(k) − j·D(nx/j) − k·D(n(1 − x)/k), where D(r) = r − 1 − log r.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BetaLogDensityOfSingles<V, T>(V a, V b, V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V far = V.GreaterOrEqual(V.MinNative(a, b), V.Constant(StirlingFrom + 1)), y = V.Zero;
        if (V.Any(~far))
        {
            V one = V.Constant(1);
            y = ((a - one) * VectorMath.Log<V, T>(x)) + ((b - one) * VectorMath.Log1p<V, T>(-x)) - LogBetaOfSmall<V, T>(V.MinNative(a, b), V.MaxNative(a, b));
        }

        return V.Any(far) ? V.Select(far, BetaLogDensityFromStirling<V, T>(a, b, x), y) : y;
    }

    /// <summary>Whether neither a number nor its square leaves the range of the type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V IsRegular<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Greater(x, V.Constant(LeastSingle)) & V.Less(x, V.Constant(MostSingle));

    /// <summary>Whether a rate and its ratio to a count are normal numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V IsRateOf<V, T>(V rate, V count)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Greater(rate, V.Constant(1e-37)) & V.Less(rate, V.Constant(1e30)) & V.Greater(rate * V.Constant(1e36), count);

    /// <summary>
    /// log B for a smaller argument s below 4: log Γ(s) + log Γ(l) − log Γ(s + l), the latter two where l is large as
    /// −(s·(log l − 1) + (s + l − ½)·log(1 + s/l) + δ(s + l) − δ(l)).
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static V LogBetaOfSmall<V, T>(V small, V large)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = V.Constant(1), total = small + large, near = V.Less(large, V.Constant(StirlingFrom)), y = V.Zero;
        if (V.Any(~near))
        {
            V inverse = one / large;
            V increment = small * (VectorMath.Log<V, T>(large) - one);
            increment = V.MultiplyAdd(total - V.Constant(0.5), VectorMath.Log1p<V, T>(small * inverse), increment);
            y = VectorMath.StirlingOfSingles<V, T>(inverse) - VectorMath.StirlingOfSingles<V, T>(one / total) - increment;
        }

        if (V.Any(near))
        {
            y = V.Select(near, VectorMath.CallLogGamma<V, T>(large) - VectorMath.CallLogGamma<V, T>(total), y);
        }

        return y + VectorMath.CallLogGamma<V, T>(small);
    }

    /// <summary>log B for both arguments from 3 on: (s − ½)·log(s/(s + l)) − l·log(1 + s/l) − ½·log l + ½·log 2π + δ(s) + δ(l) − δ(s + l).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static V LogBetaFromStirling<V, T>(V small, V large)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = V.Constant(1), half = V.Constant(0.5), inverse = one / large, inverseOfTotal = one / (small + large);
        V rest = V.MultiplyAdd(-half, VectorMath.Log<V, T>(large), V.Constant(HalfLogTwoPi))
            + (VectorMath.StirlingOfSingles<V, T>(one / small) + VectorMath.StirlingOfSingles<V, T>(inverse) - VectorMath.StirlingOfSingles<V, T>(inverseOfTotal));
        return ((small - half) * VectorMath.Log<V, T>(small * inverseOfTotal)) - (large * VectorMath.Log1p<V, T>(small * inverse)) + rest;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static V BetaLogDensityFromStirling<V, T>(V a, V b, V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // nx − j as kx − j(1 − x): minus the difference of n(1 − x) and k, without what n and 1 − x have lost.
        V one = V.Constant(1), j = a - one, k = b - one, n = j + k, difference = V.MultiplyAdd(k, x, V.MultiplyAdd(j, x, -j));
        V inverseOfJ = one / j, inverseOfK = one / k, inverse = one / n;
        V stirling = VectorMath.StirlingOfSingles<V, T>(inverse) - VectorMath.StirlingOfSingles<V, T>(inverseOfJ) - VectorMath.StirlingOfSingles<V, T>(inverseOfK);
        V root = V.MultiplyAdd(V.Constant(0.5), VectorMath.Log<V, T>(n * inverseOfJ * inverseOfK), VectorMath.Log<V, T>(n + one) - V.Constant(HalfLogTwoPi));
        V first = j * Deviance<V, T>(difference * inverseOfJ, n * x * inverseOfJ);
        V second = k * Deviance<V, T>(-difference * inverseOfK, n * (one - x) * inverseOfK);
        return root + stirling - (first + second);
    }

    /// <summary>r − 1 − log r, from u = r − 1 as well: near 1 as h·(u − 2h²·Σ h²ʲ/(2j + 3)) with h = u/(2 + u).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static V Deviance<V, T>(V u, V r)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V h = u / (V.Constant(2) + u), square = h * h;
        V sum = Polynomial.Horner<V, T>(square, 1.0 / 3, 1.0 / 5, 1.0 / 7, 1.0 / 9, 1.0 / 11, 1.0 / 13, 1.0 / 15, 1.0 / 17);
        V near = h * (u - (V.Constant(2) * square * sum));
        return V.Select(V.LessOrEqual(V.Abs(u), V.Constant(0.5)), near, u - VectorMath.Log<V, T>(r));
    }
}
