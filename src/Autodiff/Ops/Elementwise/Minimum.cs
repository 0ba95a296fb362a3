namespace ProbNet.Autodiff;

/// <summary>y = min(a, b); NaN if either is NaN. The gradient goes to the smaller operand; at a tie half to each.</summary>
internal sealed class Minimum : ArithmeticOp<Minimum.Kernel>
{
    public static readonly Minimum Instance = new();

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => SelectGreater.Instance.Apply(b, a, dy);

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => SelectGreater.Instance.Apply(a, b, dy);

    public readonly struct Kernel : IBinaryKernel, IIntegerBinaryKernel
    {
        static V IBinaryKernel.Apply<V, T>(V a, V b) => V.Min(a, b);

        static KernelOp IIntegerBinaryKernel.Instruction => KernelOp.Min;

        static T IIntegerBinaryKernel.Apply<T>(T a, T b) => T.Min(a, b);
    }
}
