namespace ProbNet.Autodiff;

/// <summary>y = e^(−|x|) I₀(x). dy/dx = e^(−|x|) I₁(x) − sign(x)·y, which is 0 at 0.</summary>
internal sealed class BesselI0e : UnaryOp
{
    public static readonly BesselI0e Instance = new();

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => SpecialBlock<Kernel>.Of(inputs[0], 1);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * (x.BesselI1e() - (x.Sign() * y));

    public readonly struct Kernel : ITernaryKernel
    {
        static V ITernaryKernel.Apply<V, T>(V a, V b, V c) => SpecialLanes.BesselI0e<V, T>(a);
    }
}
