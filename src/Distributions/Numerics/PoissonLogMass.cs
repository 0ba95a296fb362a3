using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = k·ln λ − λ − ln Γ(k + 1) for real k &gt; −1 and λ ≥ 0, with 0·ln 0 = 0: the log mass of Poisson, and the log density of Gamma with
/// k = concentration − 1. For large k near λ by Loader's saddle point (2000), −λ·D(k/λ) − δ(k) − ½ ln 2πk, which does not cancel.
/// dy/dk = ln λ − ψ(k + 1), dy/dλ = k/λ − 1.
/// </summary>
internal sealed class PoissonLogMass : SpecialOp
{
    public static PoissonLogMass Instance { get; } = new();

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => SpecialBlock<Kernel>.Of(inputs[0], 2);

    public override double Map(double k, double rate, double c)
    {
        if (rate == 0)
        {
            return k == 0 ? 0 : k > 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        if (double.IsPositiveInfinity(rate))
        {
            return double.NegativeInfinity;
        }

        if (k < 16 || Math.Abs(rate - k) > 0.5 * k)
        {
            return (k == 0 ? 0 : k * Math.Log(rate)) - rate - Special.LogGamma(k + 1);
        }

        // k·ln(λ/k) + k − λ = −k·(u − ln(1 + u)) with u = λ/k − 1.
        double deviance = k * Special.XMinusLog1p((rate - k) / k);
        double square = 1 / (k * k);
        double stirling = ((1 / 12.0) - (square * ((1 / 360.0) - (square * ((1 / 1260.0) - (square * ((1 / 1680.0) - (square / 1188)))))))) / k;
        return -deviance - stirling - (0.5 * Math.Log(2 * Math.PI * k));
    }

    public override double Step(int index, double a, double b, double c) => index == 0 ? a + 1 : b;

    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output)
    {
        (Tensor k, Tensor rate) = (inputs[0], inputs[1]);
        if (index == 0)
        {
            return rate.Log() - (k + 1).Digamma();
        }

        // 0/0 is 0 here; elsewhere k = 0 has a derivative of its own, 1/λ.
        return (k / Tensor.Where(k.EqualTo(0.0) & rate.EqualTo(0.0), 1.0, rate)) - 1;
    }

    private readonly struct Kernel : ITernaryKernel, IScalarOfThree
    {
        public static double Apply(double a, double b, double c) => Instance.Map(a, b, c);

        static bool ITernaryKernel.TakesSingles => true;

        static V ITernaryKernel.Apply<V, T>(V a, V b, V c)
        {
            if (typeof(T) == typeof(float))
            {
                V inside = V.Greater(a, V.Constant(-1)) & V.Less(a, V.Constant(1e18)) & SpecialLanes.IsRateOf<V, T>(b, a), two = V.Constant(2);
                V count = V.Select(inside, a, two), log = SpecialLanes.PoissonLogMassOfSingles<V, T>(count, count + V.Constant(1), V.Select(inside, b, two));
                return V.Any(~inside) ? SpecialLanes.Scalar<V, T, Kernel>(inside, log, a, b, c) : log;
            }

            V one = V.Constant(1), regular = V.Greater(a, V.Constant(-1)) & V.Less(a, V.Constant(1e15)) & V.Greater(b, V.Constant(1e-300)) & V.Less(b, V.Constant(1e300));
            V k = V.Select(regular, a, one);
            V y = SpecialLanes.PoissonLogMass<V, T>(k, k + one, V.Select(regular, b, one));
            return V.Any(~regular) ? SpecialLanes.Scalar<V, T, Kernel>(regular, y, a, b, c) : y;
        }
    }
}
