namespace ProbNet.Autodiff;

/// <summary>y = |x|. dy/dx = sign(x), which is 0 at 0.</summary>
internal sealed class Abs : ArithmeticUnaryOp<Abs.Kernel>
{
    public static readonly Abs Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * x.Sign();

    public readonly struct Kernel : IUnaryKernel, IIntegerUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => V.Abs(x);

        static T IIntegerUnaryKernel.Apply<T>(T x) => T.Abs(x);

        static int IIntegerUnaryKernel.Record(ProgramBuilder builder, int x) => builder.Emit(KernelOp.Abs, x);
    }
}
