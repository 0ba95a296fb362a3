namespace ProbNet.Autodiff;

/// <summary>
/// y = c where a is above b, c/2 where they are equal, else exactly 0: what max and min do to a gradient. ∂y/∂c is the same selection; y does
/// not change with a and b.
/// </summary>
internal sealed class SelectGreater : VectorTernaryOp<SelectGreater.Kernel>
{
    public static readonly SelectGreater Instance = new();

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => index == 2 ? Apply(inputs[0], inputs[1], dy) : null;

    public readonly struct Kernel : ITernaryKernel
    {
        static V ITernaryKernel.Apply<V, T>(V a, V b, V c) => (V.Greater(a, b) & c) | (V.Equal(a, b) & (c * V.Constant(0.5)));
    }
}
