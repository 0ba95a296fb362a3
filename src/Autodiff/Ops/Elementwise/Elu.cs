namespace ProbNet.Autodiff;

/// <summary>
/// y = a where a is above 0, else b(eᵃ − 1) (Clevert et al. 2016). ∂y/∂a = 1 above 0, else b·eᵃ: b at 0 itself; ∂y/∂b = 0 above 0, else
/// eᵃ − 1.
/// </summary>
internal sealed class Elu : VectorBinaryOp<Elu.Kernel>
{
    public static readonly Elu Instance = new();

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy)
    {
        // Above 0 the exponential is taken at 0, so that it neither overflows nor passes a gradient.
        Tensor positive = a > 0;
        return Tensor.Where(positive, dy, dy * b * Tensor.Where(positive, 0, a).Exp());
    }

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => dy * Tensor.Where(a > 0, 0, a).Expm1();

    public readonly struct Kernel : IBinaryKernel
    {
        static V IBinaryKernel.Apply<V, T>(V a, V b) => V.Select(V.Greater(a, V.Zero), a, b * VectorMath.Expm1<V, T>(a));
    }
}
