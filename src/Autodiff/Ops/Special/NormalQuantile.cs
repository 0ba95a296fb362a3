namespace ProbNet.Autodiff;

/// <summary>y with Φ(y) = x: −∞ at 0, +∞ at 1, NaN outside. dy/dx = √(2π) e^(y²/2).</summary>
internal sealed class NormalQuantile : UnaryOp
{
    public static readonly NormalQuantile Instance = new();

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => SpecialBlock<Kernel>.Of(inputs[0], 1);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy / NormalCdf.DensityAtZero * (0.5 * y * y).Exp();

    public readonly struct Kernel : ITernaryKernel
    {
        static V ITernaryKernel.Apply<V, T>(V a, V b, V c) => SpecialLanes.NormalQuantile<V, T>(a);
    }
}
