namespace ProbNet.Autodiff;

/// <summary>y = max(a, b); NaN if either is NaN. The gradient goes to the larger operand; at a tie half to each.</summary>
internal sealed class Maximum : ArithmeticOp<Maximum.Kernel>
{
    public static readonly Maximum Instance = new();

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => SelectGreater.Instance.Apply(a, b, dy);

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => SelectGreater.Instance.Apply(b, a, dy);

    public readonly struct Kernel : IBinaryKernel, IIntegerBinaryKernel
    {
        static V IBinaryKernel.Apply<V, T>(V a, V b) => V.Max(a, b);

        static KernelOp IIntegerBinaryKernel.Instruction => KernelOp.Max;

        static T IIntegerBinaryKernel.Apply<T>(T a, T b) => T.Max(a, b);
    }
}
