namespace ProbNet.Autodiff;

/// <summary>y = a·b. ∂y/∂a = b, ∂y/∂b = a.</summary>
internal sealed class Multiply : ArithmeticOp<Multiply.Kernel>
{
    public static readonly Multiply Instance = new();

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => dy * b;

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => dy * a;

    public readonly struct Kernel : IBinaryKernel, IIntegerBinaryKernel
    {
        static V IBinaryKernel.Apply<V, T>(V a, V b) => a * b;

        static KernelOp IIntegerBinaryKernel.Instruction => KernelOp.Multiply;

        static T IIntegerBinaryKernel.Apply<T>(T a, T b) => a * b;
    }
}
