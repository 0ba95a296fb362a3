using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// y = Φ(x) = erfc(−x/√2)/2, the standard normal distribution function, with relative precision in the lower tail. dy/dx = φ(x) =
/// e^(−x²/2)/√(2π).
/// </summary>
internal sealed class NormalCdf : VectorUnaryOp<NormalCdf.Kernel>
{
    public static readonly NormalCdf Instance = new();

    /// <summary>1/√(2π).</summary>
    public const double DensityAtZero = 0.3989422804014327;

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * (DensityAtZero * (-0.5 * x * x).Exp());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Lanes<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Constant(0.5) * VectorMath.Erfc<V, T>(x * V.Constant(-0.7071067811865476));

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => Lanes<V, T>(x);
    }
}
