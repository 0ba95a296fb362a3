using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>y = ln(1 − eˣ) for x &lt; 0 (Mächler 2012): −∞ at 0, NaN above. dy/dx = −1/(e⁻ˣ − 1).</summary>
internal sealed class Log1mExp : VectorUnaryOp<Log1mExp.Kernel>
{
    public static readonly Log1mExp Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => -dy / (-x).Expm1();

    public readonly struct Kernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IUnaryKernel.Apply<V, T>(V x)
        {
            V near = VectorMath.Log<V, T>(-VectorMath.Expm1<V, T>(x));
            V far = VectorMath.Log1p<V, T>(-VectorMath.Exp<V, T>(x));
            return V.Select(V.Greater(x, V.Constant(-0.6931471805599453)), near, far);
        }
    }
}
