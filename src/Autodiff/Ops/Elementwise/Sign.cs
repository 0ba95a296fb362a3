namespace ProbNet.Autodiff;

/// <summary>y = −1 below 0, 0 at 0, 1 above; NaN stays NaN. The gradient is zero everywhere.</summary>
internal sealed class Sign : ArithmeticUnaryOp<Sign.Kernel>
{
    public static readonly Sign Instance = new();

    public override bool IsDifferentiable => false;

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => null;

    public readonly struct Kernel : IUnaryKernel, IIntegerUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) =>
            V.Select(V.Greater(V.Abs(x), V.Zero), V.CopySign(V.Constant(1), x), x);

        static T IIntegerUnaryKernel.Apply<T>(T x) => T.CreateTruncating(T.Sign(x));

        static int IIntegerUnaryKernel.Record(ProgramBuilder builder, int x)
        {
            int zero = builder.Constant(0, builder.TypeOf(x));
            int above = builder.Convert(builder.Ask(KernelOp.Less, zero, x), builder.TypeOf(x));
            int below = builder.Convert(builder.Ask(KernelOp.Less, x, zero), builder.TypeOf(x));
            return builder.Emit(KernelOp.Subtract, above, below);
        }
    }
}
