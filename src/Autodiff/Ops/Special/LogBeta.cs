namespace ProbNet.Autodiff;

/// <summary>
/// y = ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b), without the cancellation of that sum. ∂y/∂a = ψ(a) − ψ(a + b), ∂y/∂b = ψ(b) − ψ(a +
/// b).
/// </summary>
internal sealed class LogBeta : BinaryOp
{
    public static readonly LogBeta Instance = new();

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => SpecialBlock<Kernel>.Of(inputs[0], 2);

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => dy * (a.Digamma() - (a + b).Digamma());

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => dy * (b.Digamma() - (a + b).Digamma());

    public readonly struct Kernel : ITernaryKernel
    {
        static bool ITernaryKernel.TakesSingles => true;

        static V ITernaryKernel.Apply<V, T>(V a, V b, V c) =>
            typeof(T) == typeof(float) ? SpecialLanes.LogBetaOfSingles<V, T>(a, b) : SpecialLanes.LogBeta<V, T>(a, b);
    }
}
