using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = (a − 1)·ln x + (b − 1)·ln(1 − x) − ln B(a, b) on [0, 1], with 0·ln 0 = 0. ∂y/∂a = ln x − ψ(a) + ψ(a + b), ∂y/∂b likewise with 1 − x,
/// ∂y/∂x = (a − 1)/x − (b − 1)/(1 − x). Near the mode of large a and b as the saddle point of a binomial mass (Loader 2000; see
/// <see cref="SpecialLanes.BetaLogDensityOfSingles"/>), in which the large terms are cancelled on paper.
/// </summary>
internal sealed class BetaLogDensity : SpecialOp
{
    public static BetaLogDensity Instance { get; } = new();

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => SpecialBlock<Kernel>.Of(inputs[0], 3);

    public override double Map(double a, double b, double x)
    {
        double j = a - 1, k = b - 1;
        if (Math.Min(j, k) >= 16)
        {
            double difference = Math.FusedMultiplyAdd(k, x, Math.FusedMultiplyAdd(j, x, -j)), u = difference / j, v = -difference / k;
            if (Math.Abs(u) <= 0.5 && Math.Abs(v) <= 0.5)
            {
                double n = j + k, stirling = Special.StirlingCorrection(n) - Special.StirlingCorrection(j) - Special.StirlingCorrection(k);
                double root = Math.Log(n + 1) + (0.5 * Math.Log(n / j / k)) - (0.5 * Math.Log(2 * Math.PI));
                return root + stirling - ((j * Special.XMinusLog1p(u)) + (k * Special.XMinusLog1p(v)));
            }
        }

        return (a == 1 ? 0 * x : j * Math.Log(x)) + (b == 1 ? 0 : k * Special.Log1p(-x)) - Special.LogBeta(a, b);
    }

    public override double Step(int index, double a, double b, double x) => index == 0 ? a : index == 1 ? b : x * (1 - x);

    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output)
    {
        (Tensor a, Tensor b, Tensor x) = (inputs[0], inputs[1], inputs[2]);
        return index switch
        {
            0 => x.Log() - a.Digamma() + (a + b).Digamma(),
            1 => (-x).Log1p() - b.Digamma() + (a + b).Digamma(),
            _ => Ratio(a - 1, x) - Ratio(b - 1, 1 - x),
        };
    }

    // n/x, 0 where n is 0 even at x = 0.
    private static Tensor Ratio(Tensor n, Tensor x)
    {
        Tensor zero = n.EqualTo(0.0);
        return Tensor.Where(zero, 0.0, n / Tensor.Where(zero, 1.0, x));
    }

    private readonly struct Kernel : ITernaryKernel, IScalarOfThree
    {
        public static double Apply(double a, double b, double c) => Instance.Map(a, b, c);

        static bool ITernaryKernel.TakesSingles => true;

        static V ITernaryKernel.Apply<V, T>(V a, V b, V c)
        {
            if (typeof(T) == typeof(float))
            {
                V inside = SpecialLanes.IsRegular<V, T>(a) & SpecialLanes.IsRegular<V, T>(b) & V.Greater(c, V.Constant(1e-37)) & V.Less(c, V.Constant(1)), two = V.Constant(2);
                V log = SpecialLanes.BetaLogDensityOfSingles<V, T>(V.Select(inside, a, two), V.Select(inside, b, two), V.Select(inside, c, V.Constant(0.5)));
                return V.Any(~inside) ? SpecialLanes.Scalar<V, T, Kernel>(inside, log, a, b, c) : log;
            }

            V one = V.Constant(1), tiny = V.Constant(1e-300), regular = V.Greater(a, tiny) & V.Greater(b, tiny) & V.Greater(c, tiny) & V.Less(c, one);
            V first = V.Select(regular, a, one), second = V.Select(regular, b, one), x = V.Select(regular, c, V.Constant(0.5));
            V y = SpecialLanes.BetaLogDensity<V, T>(first, second, x);
            return V.Any(~regular) ? SpecialLanes.Scalar<V, T, Kernel>(regular, y, a, b, c) : y;
        }
    }
}
