using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// Special functions on lanes of doubles, by the formulas of <see cref="Special"/>, and some on lanes of floats. What lies outside of the region that a function
/// names goes to the scalar function, lane by lane.
/// </summary>
internal static partial class SpecialLanes
{
    private const double SqrtHalf = 0.70710678118654752440;

    /// <summary>log B(a, b), for the smaller from 1e-3 and the larger up to 1e15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogBeta<V, T>(V a, V b)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V least = V.Constant(1e-3), most = V.Constant(1e15), nine = V.Constant(9);
        V regular = V.GreaterOrEqual(a, least) & V.GreaterOrEqual(b, least) & V.Less(a, most) & V.Less(b, most);
        V small = V.Select(regular, V.MinNative(a, b), nine), large = V.Select(regular, V.MaxNative(a, b), nine);
        V far = V.GreaterOrEqual(large, nine), farther = V.GreaterOrEqual(small, nine), y = V.Zero;
        if (V.Any(~farther))
        {
            V first = VectorMath.CallLogGamma<V, T>(small);
            y = V.Any(~far) ? first + VectorMath.CallLogGamma<V, T>(large) - VectorMath.CallLogGamma<V, T>(small + large) : y;
            y = V.Any(far) ? V.Select(far, first - LogGammaIncrement<V, T>(V.Select(far, large, nine), small), y) : y;
        }

        y = V.Any(farther) ? V.Select(farther, LogBetaOfLarge<V, T>(V.Select(farther, small, nine), V.Select(farther, large, nine)), y) : y;
        return V.Any(~regular) ? Scalar<V, T, ScalarLogBeta>(regular, y, a, b, b) : y;
    }

    /// <summary>k·log λ − λ − log Γ(k + 1) with k = a − 1, for a and λ from 1e-300; around a large λ the large terms cancel on paper (Loader 2000).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V PoissonLogMass<V, T>(V k, V a, V rate)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V difference = rate - k, near = V.GreaterOrEqual(k, V.Constant(16)) & V.LessOrEqual(V.Abs(difference), V.Constant(0.5) * k), y = V.Zero;
        if (V.Any(~near))
        {
            y = (k * VectorMath.Log<V, T>(rate)) - rate - VectorMath.CallLogGamma<V, T>(a);
        }

        if (V.Any(near))
        {
            V count = V.Select(near, k, V.Constant(16)), deviance = Excess<V, T>(count, V.Select(near, difference / count, V.Zero));
            V root = V.Constant(0.5) * VectorMath.Log<V, T>(V.Constant(2 * Math.PI) * count);
            y = V.Select(near, -deviance - Stirling<V, T>(count) - root, y);
        }

        return y;
    }

    /// <summary>
    /// (a − 1)·log x + (b − 1)·log(1 − x) − log B(a, b) for 0 &lt; x &lt; 1; near the mode of a, b from 17 on as <see cref="BetaLogDensityOfSingles"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BetaLogDensity<V, T>(V a, V b, V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = V.Constant(1), half = V.Constant(0.5), least = V.Constant(16), y = V.Zero;
        V large = V.GreaterOrEqual(V.MinNative(a, b), V.Constant(17)), j = V.Select(large, a - one, least), k = V.Select(large, b - one, least);
        V difference = V.MultiplyAdd(k, x, V.MultiplyAdd(j, x, -j)), first = difference / j, second = -difference / k;
        V near = large & V.LessOrEqual(V.Abs(first), half) & V.LessOrEqual(V.Abs(second), half);
        if (V.Any(~near))
        {
            y = ((a - one) * VectorMath.Log<V, T>(x)) + ((b - one) * VectorMath.Log1p<V, T>(-x)) - LogBeta<V, T>(a, b);
        }

        return V.Any(near) ? V.Select(near, BetaLogDensityNear<V, T>(j, k, V.Select(near, first, V.Zero), V.Select(near, second, V.Zero)), y) : y;
    }

    /// <summary>e^(x²) erfc(x) for −26 &lt; x &lt; 1e100.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erfcx<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V regular = V.Greater(x, V.Constant(-26)) & V.Less(x, V.Constant(1e100)), safe = V.Select(regular, x, V.Zero);
        V y = ErfcxOfPositive<V, T>(V.Abs(safe)), negative = V.Less(safe, V.Zero);
        if (V.Any(negative))
        {
            V square = safe * safe, e = VectorMath.Exp<V, T>(V.Select(negative, square, V.Zero)), error = V.MultiplyAdd(safe, safe, -square);
            y = V.Select(negative, (V.Constant(2) * e) + ((V.Constant(2) * e * error) - y), y);
        }

        return V.Any(~regular) ? Scalar<V, T, ScalarErfcx>(regular, y, x, x, x) : y;
    }

    /// <summary>log Φ(x) for −1e100 &lt; x &lt; 37.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalLogCdf<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V regular = V.Greater(x, V.Constant(-1e100)) & V.Less(x, V.Constant(37)), safe = V.Select(regular, x, V.Zero);

        // Below −1 from erfcx; above from the smaller tail.
        V low = V.Less(safe, V.Constant(-1)), size = V.Abs(safe), tail = V.Constant(0.5) * ErfcxOfPositive<V, T>(size * V.Constant(SqrtHalf));
        V half = V.Constant(-0.5) * safe * safe, upper = tail * VectorMath.Exp<V, T>(V.Select(low, V.Zero, ExponentOfHalf<V, T>(safe, half)));
        V above = V.GreaterOrEqual(safe, V.Zero);
        V argument = V.Select(low, V.Constant(-0.5), V.Select(above, -upper, upper - V.Constant(1)));
        V y = V.Select(low, half + VectorMath.Log<V, T>(V.Select(low, tail, V.Constant(1))), VectorMath.Log1p<V, T>(argument));
        return V.Any(~regular) ? Scalar<V, T, ScalarNormalLogCdf>(regular, y, x, x, x) : y;
    }

    /// <summary>y with Φ(y) = x, for e^−36 &lt; x &lt; 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalQuantile<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V half = V.Constant(0.5), regular = V.Greater(x, V.Constant(2.4e-16)) & V.Less(x, V.Constant(1)), p = V.Select(regular, x, half);

        // 1 − 2p is exact between ¼ and ½, and where it is not, its own digits do not matter.
        V upper = V.Greater(p, half), tail = V.Select(upper, V.Constant(1) - p, p), rest = tail + tail;
        V size = PortableMath.HalfNormalQuantile<V, T>(V.Constant(1) - rest, rest);
        V y = V.Select(upper, size, -size);
        return V.Any(~regular) ? Scalar<V, T, ScalarNormalQuantile>(regular, y, x, x, x) : y;
    }

    /// <summary>y with erf(y) = x, for −1 &lt; x &lt; 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ErfInv<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V size = V.Abs(x), regular = V.Less(size, V.Constant(1)), u = V.Select(regular, size, V.Zero);
        V y = V.CopySign(V.Constant(SqrtHalf) * PortableMath.HalfNormalQuantile<V, T>(u, V.Constant(1) - u), x);
        return V.Any(~regular) ? Scalar<V, T, ScalarErfInv>(regular, y, x, x, x) : y;
    }

    /// <summary>e^−|x| I₀(x): polynomials in |x|/4 − 1 up to 8 and in 16/|x| − 1 beyond, fitted with 60 digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BesselI0e<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V size = V.Abs(x), one = V.Constant(1), far = V.Greater(size, V.Constant(8));
        V y = Long<V, T>(
            V.MultiplyAdd(V.MinNative(size, V.Constant(8)), V.Constant(0.25), -one),
            0.20700192122398667, -0.11300432688620548, 0.094515628539963897, -0.089043441360763266, 0.087343416174685053,
            -0.084963380915932445, 0.079275225928655934, -0.069541195623034061, 0.05677703173239174, -0.042985949377215309,
            0.030177914326369393, -0.019682655309282404, 0.011960065956449436, -0.006792396673321815, 0.0036171685199186194,
            -0.001811898032010941, 8.5621209640379825e-4, -3.8287458406567917e-4, 1.6258361907161146e-4, -6.5556060210324385e-5,
            2.4986432931858344e-5, -9.1942643643586151e-6, 3.4089223248112497e-6, -1.1360524712119477e-6, 2.6991531466327411e-7,
            -8.7912963251573218e-8, 5.7539957639759379e-8, -1.6019734294725638e-8);
        y = V.Select(V.Equal(size, V.Zero), one, y);
        if (V.Any(far))
        {
            V large = V.Select(far, size, V.Constant(8)), beyond = Long<V, T>(
                (V.Constant(16) / large) - one,
                0.40217650944500809, 0.0033605519836678912, 1.3621607438951464e-4, 1.114303378845176e-5, 1.4838476780922645e-6,
                2.9735992084667733e-7, 8.872014585661555e-8, 3.9325123211378244e-8, 2.1567806761156731e-8, 7.5593640986654369e-9,
                -6.8564845459624424e-9, -1.3427511481900906e-8, -5.0175940345046713e-9, 7.6002544864335085e-9, 6.5222648620322706e-9,
                -3.5862834111582307e-9, -4.5305710768621193e-9, 1.6084886155781771e-9, 2.1636812784138757e-9, -6.3279099219970271e-10,
                -6.4945911144011185e-10, 1.7698085539456535e-10, 9.1147601575142527e-11, -2.4421972688131831e-11);
            y = V.Select(far, beyond / V.Sqrt(large), y);
        }

        return V.Select(V.IsNaN(x), x, y);
    }

    /// <summary>e^−|x| I₁(x), likewise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V BesselI1e<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V size = V.Abs(x), one = V.Constant(1), far = V.Greater(size, V.Constant(8));
        V y = size * Long<V, T>(
            V.MultiplyAdd(V.MinNative(size, V.Constant(8)), V.Constant(0.25), -one),
            0.044687709875608829, -0.061124338029666292, 0.068057599909512674, -0.068482606205825766, 0.06376740371333725,
            -0.055280039227032995, 0.04467457262304859, -0.033671355520391223, 0.023686016933733297, -0.015571309250544395,
            0.0095839623429480921, -0.0055345678088487725, 0.0030057614226004458, -0.0015388747130763492, 7.4451585469731463e-4,
            -3.4117562574038555e-4, 1.4841263530821371e-4, -6.1424350669916269e-5, 2.4248618918164146e-5, -9.1355812537515987e-6,
            3.2758896983910482e-6, -1.133551346432692e-6, 3.9091632529126735e-7, -1.2376686539665327e-7, 2.9883402742599984e-8,
            -9.1447610495551433e-9, 5.2116543377230653e-9, -1.3931836382589292e-9);
        if (V.Any(far))
        {
            V large = V.Select(far, size, V.Constant(8)), beyond = Long<V, T>(
                (V.Constant(16) / large) - one,
                0.38939845902587232, -0.0097495771932357643, -2.1923576383137776e-4, -1.5038547198221759e-5, -1.8349102493990177e-6,
                -3.4838563464253133e-7, -1.0001075046243961e-7, -4.3128498031006731e-8, -2.3394122958362557e-8, -8.4321689729324167e-9,
                6.84757829926934e-9, 1.4051746928735543e-8, 5.5720183980930357e-9, -7.6872513087659921e-9, -6.9444186339873876e-9,
                3.501765193290176e-9, 4.7637800780202541e-9, -1.5218214060680733e-9, -2.2624401109204447e-9, 5.8706646184714864e-10,
                6.7727478454462001e-10, -1.6283264322621244e-10, -9.4918903929920484e-11, 2.2421768596847443e-11);
            y = V.Select(far, beyond / V.Sqrt(large), y);
        }

        return V.Select(V.IsNaN(x), x, V.CopySign(y, x));
    }

    /// <summary>The scalar function on the lanes that are not regular.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Scalar<V, T, F>(V regular, V y, V a, V b, V c)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where F : struct, IScalarOfThree
    {
        V result = y;
        for (int i = 0; i < V.Count; i++)
        {
            Lane(ref result, i) = T.CreateTruncating(F.Apply(Number(a, i), Number(b, i), Number(c, i)));
        }

        return V.Select(regular, y, result);

        static ref T Lane(ref V x, int i) => ref Unsafe.Add(ref Unsafe.As<V, T>(ref x), i);

        static double Number(V x, int i) => double.CreateTruncating(Lane(ref x, i));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static V BetaLogDensityNear<V, T>(V j, V k, V first, V second)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V n = j + k, root = VectorMath.Log<V, T>(n + V.Constant(1)) + (V.Constant(0.5) * VectorMath.Log<V, T>(n / j / k)) - V.Constant(HalfLogTwoPi);
        return root + (Stirling<V, T>(n) - Stirling<V, T>(j) - Stirling<V, T>(k)) - (Excess<V, T>(j, first) + Excess<V, T>(k, second));
    }

    // c·(x − log(1 + x)) = c·r·(x − 2r²·Σ r²ʲ/(2j + 3)) with r = x/(2 + x), |r| ≤ 1/3.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Excess<V, T>(V count, V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V r = x / (V.Constant(2) + x), square = r * r;
        V even = Polynomial.Horner<V, T>(
            square * square, 1.0 / 3, 1.0 / 7, 1.0 / 11, 1.0 / 15, 1.0 / 19, 1.0 / 23, 1.0 / 27, 1.0 / 31, 1.0 / 35);
        V odd = Polynomial.Horner<V, T>(
            square * square, 1.0 / 5, 1.0 / 9, 1.0 / 13, 1.0 / 17, 1.0 / 21, 1.0 / 25, 1.0 / 29, 1.0 / 33, 1.0 / 37);
        return count * r * (x - (V.Constant(2) * square * V.MultiplyAdd(square, odd, even)));
    }

    // log Γ(x + d) − log Γ(x) for x ≥ 9.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static V LogGammaIncrement<V, T>(V x, V d)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V sum = x + d;
        return (d * (VectorMath.Log<V, T>(x) - V.Constant(1))) + ((sum - V.Constant(0.5)) * VectorMath.Log1p<V, T>(d / x)) + (Stirling<V, T>(sum) - Stirling<V, T>(x));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static V LogBetaOfLarge<V, T>(V small, V large)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V ratio = small / large, half = V.Constant(0.5);
        V log = ((small - half) * VectorMath.Log<V, T>(ratio / (V.Constant(1) + ratio))) - (large * VectorMath.Log1p<V, T>(ratio)) - (half * VectorMath.Log<V, T>(large));
        return log + V.Constant(0.91893853320467274178) + (Stirling<V, T>(small) + Stirling<V, T>(large) - Stirling<V, T>(small + large));
    }

    // log Γ(x) − (x − ½)·log x + x − ½·log 2π for x ≥ 9.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Stirling<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V inverse = V.Constant(1) / x;
        return inverse * Polynomial.Horner<V, T>(
            inverse * inverse,
            0.08333333333333333, -0.002777777777777778, 0.0007936507936507937, -0.0005952380952380953, 0.0008417508417508417,
            -0.0019175269175269176, 0.00641025641025641, -0.029550653594771242, 0.17964437236883057, -1.3924322169059011);
    }

    // (1 + 2x)·e^(x²)·erfc(x) as a polynomial in t = (x − 3.75)/(x + 3.75) (Shepherd and Laframboise 1981), fitted with 50 digits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfcxOfPositive<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V t = (x - V.Constant(3.75)) / (x + V.Constant(3.75));
        return Long<V, T>(
            t, 1.23751263083782758, -0.140240598585547019, 0.00358541548546369155, 0.0822767384901510997, -0.108803930141707539,
            0.0923043211601956042, -0.0586933985905457858, 0.0283622774215614491, -0.00974657954764048532, 0.0017556258319879622,
            0.000293713594947069538, -0.000290153976730606408, 0.0000516494071605460339, 0.0000223839020487704118,
            -0.0000114450473334140645, -9.72822916746429754e-7, 1.75343984929833235e-6, -5.83122724179668765e-8, -2.6114212677970117e-7,
            2.43534581550812899e-8, 4.09666965136704631e-8, -4.44514123205712983e-9, -6.54286107613675755e-9, 5.77532716341681002e-10,
            9.01277757854654647e-10, -4.81448050173107635e-11, -7.32510919516946147e-11, 1.57335680110812193e-12) / (V.Constant(1) + (x + x));
    }

    // A polynomial of degree 27 in four chains, one for each power modulo 4.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Long<V, T>(
        V x, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7, double c8, double c9, double c10, double c11, double c12, double c13,
        double c14, double c15, double c16, double c17, double c18, double c19, double c20, double c21, double c22, double c23, double c24 = 0, double c25 = 0,
        double c26 = 0, double c27 = 0)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V square = x * x, fourth = square * square;
        V first = Polynomial.Horner<V, T>(fourth, c0, c4, c8, c12, c16, c20, c24), second = Polynomial.Horner<V, T>(fourth, c1, c5, c9, c13, c17, c21, c25);
        V third = Polynomial.Horner<V, T>(fourth, c2, c6, c10, c14, c18, c22, c26), last = Polynomial.Horner<V, T>(fourth, c3, c7, c11, c15, c19, c23, c27);
        return V.MultiplyAdd(x, V.MultiplyAdd(square, last, second), V.MultiplyAdd(square, third, first));
    }

    // −x²/2 with the rounding error of the square taken along.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExponentOfHalf<V, T>(V x, V half)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => half + V.MultiplyAdd(V.Constant(-0.5) * x, x, -half);

    private readonly struct ScalarLogBeta : IScalarOfThree
    {
        public static double Apply(double a, double b, double c) => Special.LogBeta(a, b);
    }

    private readonly struct ScalarErfcx : IScalarOfThree
    {
        public static double Apply(double a, double b, double c) => Special.Erfcx(a);
    }

    private readonly struct ScalarNormalLogCdf : IScalarOfThree
    {
        public static double Apply(double a, double b, double c) => Special.NormalLogCdf(a);
    }

    private readonly struct ScalarNormalQuantile : IScalarOfThree
    {
        public static double Apply(double a, double b, double c) => Special.NormalQuantile(a);
    }

    private readonly struct ScalarErfInv : IScalarOfThree
    {
        public static double Apply(double a, double b, double c) => Special.ErfInv(a);
    }
}
