namespace ProbNet.Autodiff;

/// <summary>y = −x. dy/dx = −1.</summary>
internal sealed class Negate : ArithmeticUnaryOp<Negate.Kernel>
{
    public static readonly Negate Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => -dy;

    public readonly struct Kernel : IUnaryKernel, IIntegerUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => -x;

        static T IIntegerUnaryKernel.Apply<T>(T x) => -x;

        static int IIntegerUnaryKernel.Record(ProgramBuilder builder, int x) => builder.Emit(KernelOp.Negate, x);
    }
}
