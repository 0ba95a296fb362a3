namespace ProbNet.Autodiff;

/// <summary>y = e^(−|x|) I₁(x). dy/dx = e^(−|x|) I₀(x) − y/x − sign(x)·y, which is ½ at 0.</summary>
internal sealed class BesselI1e : UnaryOp
{
    public static readonly BesselI1e Instance = new();

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => SpecialBlock<Kernel>.Of(inputs[0], 1);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy)
    {
        Tensor zero = x.EqualTo(0);
        return dy * (Tensor.Where(zero, 0.5, x.BesselI0e() - (y / Tensor.Where(zero, 1, x))) - (x.Sign() * y));
    }

    public readonly struct Kernel : ITernaryKernel
    {
        static V ITernaryKernel.Apply<V, T>(V a, V b, V c) => SpecialLanes.BesselI1e<V, T>(a);
    }
}
