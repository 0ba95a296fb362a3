using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// y = x(1 + t)/2 with t = tanh(√(2/π)(x + 0.044715x³)), the approximation of Hendrycks and Gimpel (2016). dy/dx = (1 + t)/2 + x(1 −
/// t²)/2 · √(2/π)(1 + 3·0.044715x²).
/// </summary>
internal sealed class GeluTanh : VectorUnaryOp<GeluTanh.Kernel>
{
    public static readonly GeluTanh Instance = new();

    // √(2/π)
    private const double Scale = 0.7978845608028654;
    private const double Cubic = 0.044715;

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy)
    {
        // The hyperbolic tangent is ±1 to the last bit long before 100: beyond, its part of the slope is 0, and x³ must not become ∞ · 0.
        x = x.Clip(-100, 100);
        Tensor square = x * x;
        Tensor t = (Scale * x * (1 + Cubic * square)).Tanh();
        Tensor slope = x * (1 + 3 * Cubic * square) * Scale;
        return 0.5 * (dy * (1 + t) + slope * TanhGradient.Instance.Apply(t, dy));
    }

    public readonly struct Kernel : IUnaryKernel
    {
        static bool IUnaryKernel.Paired => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IUnaryKernel.Apply<V, T>(V x)
        {
            V u = V.Constant(Scale) * x * V.MultiplyAdd(V.Constant(Cubic), x * x, V.Constant(1));
            return V.Constant(0.5) * x * (V.Constant(1) + VectorMath.Tanh<V, T>(u));
        }
    }
}
