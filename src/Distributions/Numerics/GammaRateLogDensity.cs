using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = ln β + (a − 1)·ln βx − βx − ln Γ(a), the log density of a Gamma distribution: <see cref="GammaLogDensity"/> at βx, and ln β. The arguments are a, β and x.
/// ∂y/∂β = (a − βx)/β and ∂y/∂x = (a − 1 − βx)/x, from a <see cref="ProductResidual"/> where a is large and βx near it.
/// </summary>
internal sealed class GammaRateLogDensity : TernaryOp
{
    public static GammaRateLogDensity Instance { get; } = new();

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => SpecialBlock<Kernel>.Of(inputs[0], 3);

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        (Tensor a, Tensor rate, Tensor x) = (inputs[0], inputs[1], inputs[2]);
        if (index == 0)
        {
            return dy * ((rate * x).Log() - a.Digamma());
        }

        Tensor residual = ProductResidual.Instance.Apply(a, rate, x);
        if (index == 1)
        {
            return dy * (residual / rate);
        }

        // At 0 and far from the mode without the residual; 0/0 is 0 here.
        Tensor near = residual.Abs() < 0.5 * a, inside = Tensor.Where(near, x, 1.0);
        Tensor edge = ((a - 1) / Tensor.Where(a.EqualTo(1.0) & x.EqualTo(0.0), 1.0, x)) - rate;
        return dy * Tensor.Where(near, (Tensor.Where(near, residual, 0.0) - 1) / inside, edge);
    }

    private static V Standard<K, V, T>(V a, V x)
        where K : struct, ITernaryKernel
        where V : struct, ILanes<V, T>
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => K.Apply<V, T>(a, x, x);

    private readonly struct Kernel : ITernaryKernel
    {
        static bool ITernaryKernel.TakesSingles => true;

        static V ITernaryKernel.Apply<V, T>(V a, V b, V c) => Standard<GammaLogDensity.Kernel, V, T>(a, b * c) + VectorMath.Log<V, T>(b);
    }
}
