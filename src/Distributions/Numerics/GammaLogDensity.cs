using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = (a − 1)·ln x − x − ln Γ(a) for a &gt; 0 and x ≥ 0, with 0·ln 0 = 0: <see cref="PoissonLogMass"/> at a − 1, without losing a small a.
/// ∂y/∂a = ln x − ψ(a), ∂y/∂x = (a − 1)/x − 1.
/// </summary>
internal sealed class GammaLogDensity : SpecialOp
{
    public static GammaLogDensity Instance { get; } = new();

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => SpecialBlock<Kernel>.Of(inputs[0], 2);

    public override double Map(double a, double x, double c) =>
        a < 0.5 && x < double.PositiveInfinity ? ((a - 1) * Math.Log(x)) - x - Special.LogGamma(a) : PoissonLogMass.Instance.Map(a - 1, x, c);

    public override double Step(int index, double a, double x, double c) => index == 0 ? a : x;

    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output)
    {
        (Tensor a, Tensor x) = (inputs[0], inputs[1]);
        if (index == 0)
        {
            return x.Log() - a.Digamma();
        }

        // 0/0 is 0 here; elsewhere a = 1 has a derivative of its own, 1/x.
        return ((a - 1) / Tensor.Where(a.EqualTo(1.0) & x.EqualTo(0.0), 1.0, x)) - 1;
    }

    internal readonly struct Kernel : ITernaryKernel, IScalarOfThree
    {
        public static double Apply(double a, double b, double c) => Instance.Map(a, b, c);

        static bool ITernaryKernel.TakesSingles => true;

        static V ITernaryKernel.Apply<V, T>(V a, V b, V c)
        {
            if (typeof(T) == typeof(float))
            {
                V inside = SpecialLanes.IsRegular<V, T>(a) & SpecialLanes.IsRateOf<V, T>(b, a), two = V.Constant(2);
                V own = V.Select(inside, a, two), log = SpecialLanes.PoissonLogMassOfSingles<V, T>(own - V.Constant(1), own, V.Select(inside, b, two));
                return V.Any(~inside) ? SpecialLanes.Scalar<V, T, Kernel>(inside, log, a, b, c) : log;
            }

            V one = V.Constant(1), tiny = V.Constant(1e-300), regular = V.Greater(a, tiny) & V.Less(a, V.Constant(1e15)) & V.Greater(b, tiny) & V.Less(b, V.Constant(1e300));
            V shape = V.Select(regular, a, one);
            V y = SpecialLanes.PoissonLogMass<V, T>(shape - one, shape, V.Select(regular, b, one));
            return V.Any(~regular) ? SpecialLanes.Scalar<V, T, Kernel>(regular, y, a, b, c) : y;
        }
    }
}
