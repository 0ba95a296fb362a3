namespace ProbNet.Autodiff;

/// <summary>
/// y = aᵇ; a negative base is exact for integer exponents and NaN for others; 0⁰ = 1. ∂y/∂a = b·aᵇ⁻¹, which at 0⁰ is taken as 0;
/// ∂y/∂b = y·ln a, which is taken as 0 at a = 0 for b ≥ 0, and is NaN for a negative base.
/// </summary>
internal sealed class Pow : VectorBinaryOp<Pow.Kernel>
{
    public static readonly Pow Instance = new();

    // Both corners are reached through a base of 1 there, so that neither 0·∞ nor its derivatives arise.
    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) =>
        dy * b * Tensor.Where(a.EqualTo(0) & b.EqualTo(0), 1, a).Pow(b - 1);

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy)
    {
        Tensor safe = Tensor.Where(a.EqualTo(0) & (b >= 0), 1, a);
        return dy * safe.Pow(b) * safe.Log();
    }

    public readonly struct Kernel : IBinaryKernel
    {
        static V IBinaryKernel.Apply<V, T>(V a, V b) => VectorMath.Pow<V, T>(a, b);
    }
}
