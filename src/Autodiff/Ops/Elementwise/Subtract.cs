namespace ProbNet.Autodiff;

/// <summary>y = a − b. ∂y/∂a = 1, ∂y/∂b = −1.</summary>
internal sealed class Subtract : ArithmeticOp<Subtract.Kernel>
{
    public static readonly Subtract Instance = new();

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => dy;

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => -dy;

    public readonly struct Kernel : IBinaryKernel, IIntegerBinaryKernel
    {
        static V IBinaryKernel.Apply<V, T>(V a, V b) => a - b;

        static KernelOp IIntegerBinaryKernel.Instruction => KernelOp.Subtract;

        static T IIntegerBinaryKernel.Apply<T>(T a, T b) => a - b;
    }
}
