namespace ProbNet.Autodiff;

/// <summary>y = ln Φ(x), finite far into the lower tail. dy/dx = φ(x)/Φ(x).</summary>
internal sealed class NormalLogCdf : UnaryOp
{
    public static readonly NormalLogCdf Instance = new();

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => SpecialBlock<Kernel>.Of(inputs[0], 1);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * NormalLogCdfSlope.Instance.Apply(x);

    public readonly struct Kernel : ITernaryKernel
    {
        static V ITernaryKernel.Apply<V, T>(V a, V b, V c) => SpecialLanes.NormalLogCdf<V, T>(a);
    }
}
