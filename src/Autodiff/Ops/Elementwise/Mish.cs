using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>y = x·tanh(ln(1 + eˣ)) (Misra 2019). With t = tanh(ln(1 + eˣ)): dy/dx = t + x·σ(x)(1 − t²).</summary>
internal sealed class Mish : VectorUnaryOp<Mish.Kernel>
{
    public static readonly Mish Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy)
    {
        Tensor t = x.Softplus().Tanh();
        return dy * t + x * x.Sigmoid() * TanhGradient.Instance.Apply(t, dy);
    }

    public readonly struct Kernel : IUnaryKernel
    {
        static bool IUnaryKernel.Paired => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IUnaryKernel.Apply<V, T>(V x)
        {
            // tanh(ln(1 + u)) = n/(n + 2) with n = u(u + 2); above x = 20 it is 1 to rounding, long before n overflows.
            V u = VectorMath.Exp<V, T>(V.Min(x, V.Constant(20)));
            V n = u * (u + V.Constant(2));
            return x * (n / (n + V.Constant(2)));
        }
    }
}
