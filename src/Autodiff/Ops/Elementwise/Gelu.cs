namespace ProbNet.Autodiff;

/// <summary>y = x·Φ(x), with the normal distribution function Φ (Hendrycks and Gimpel 2016). dy/dx = Φ(x) + x·φ(x).</summary>
internal sealed class Gelu : VectorUnaryOp<Gelu.Kernel>
{
    public static readonly Gelu Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy)
    {
        Tensor density = (-0.5 * x * x).Exp() * NormalCdf.DensityAtZero;
        return dy * (x.NormalCdf() + x * density);
    }

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => x * NormalCdf.Lanes<V, T>(x);
    }
}
