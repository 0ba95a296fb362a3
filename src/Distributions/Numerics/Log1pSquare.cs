using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = ln(1 + x²), without overflow; dy/dx = 2x/(1 + x²).</summary>
internal sealed class Log1pSquare : UnaryOp
{
    public static Log1pSquare Instance { get; } = new();

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => SpecialBlock<Kernel>.Of(inputs[0], 1);

    // As 2/(x + 1/x) for large x, where x² may overflow.
    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy)
    {
        Tensor large = x.Abs() > 1;
        Tensor outer = Tensor.Where(large, x, 1.0), inner = Tensor.Where(large, 0.0, x);
        return 2 * dy * Tensor.Where(large, 1 / (outer + (1 / outer)), inner / (1 + inner.Square()));
    }

    private readonly struct Kernel : ITernaryKernel
    {
        static bool ITernaryKernel.TakesSingles => true;

        static V ITernaryKernel.Apply<V, T>(V a, V b, V c)
        {
            V size = V.Abs(a), large = V.Greater(size, V.Constant(1e8)), safe = V.Select(large, V.Zero, size), y = VectorMath.Log1p<V, T>(safe * safe);
            return V.Any(large) ? V.Select(large, V.Constant(2) * VectorMath.Log<V, T>(size), y) : y;
        }
    }
}
