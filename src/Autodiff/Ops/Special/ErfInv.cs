namespace ProbNet.Autodiff;

/// <summary>y with erf(y) = x: ±∞ at ±1, NaN outside. dy/dx = √π/2 e^(y²).</summary>
internal sealed class ErfInv : UnaryOp
{
    public static readonly ErfInv Instance = new();

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => SpecialBlock<Kernel>.Of(inputs[0], 1);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy / Erf.TwoBySqrtPi * (y * y).Exp();

    public readonly struct Kernel : ITernaryKernel
    {
        static V ITernaryKernel.Apply<V, T>(V a, V b, V c) => SpecialLanes.ErfInv<V, T>(a);
    }
}
