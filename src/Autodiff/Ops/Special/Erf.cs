namespace ProbNet.Autodiff;

/// <summary>y = erf(x) = 2/√π ∫₀ˣ e^(−t²) dt. dy/dx = 2/√π e^(−x²).</summary>
internal sealed class Erf : VectorUnaryOp<Erf.Kernel>
{
    public static readonly Erf Instance = new();

    public const double TwoBySqrtPi = 1.1283791670955126;

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * (TwoBySqrtPi * (-x * x).Exp());

    public readonly struct Kernel : IUnaryKernel
    {
        static bool IUnaryKernel.Paired => true;

        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Erf<V, T>(x);
    }
}
