namespace ProbNet.Autodiff;

/// <summary>
/// y = f⁽ⁿ⁾(x), the n-th derivative of f(x) = e^(x²) erfc(x), which falls only as 1/(x√π). dy/dx = f⁽ⁿ⁺¹⁾(x): 2xf − 2/√π would cancel for large x.
/// </summary>
internal sealed class Erfcx(int n) : ScalarUnaryOp
{
    public static readonly Erfcx Instance = new(0);

    public override string Name => n == 0 ? "Erfcx" : $"Erfcx({n})";

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => n == 0 ? SpecialBlock<Kernel>.Of(inputs[0], 1) : base.Block(inputs);

    protected override double Map(double x) => n == 0 ? Special.Erfcx(x) : Special.ErfcxDerivative(n, x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * new Erfcx(n + 1).Apply(x);

    public readonly struct Kernel : ITernaryKernel
    {
        static V ITernaryKernel.Apply<V, T>(V a, V b, V c) => SpecialLanes.Erfcx<V, T>(a);
    }
}
