using System.Globalization;

namespace ProbNet.Autodiff;

/// <summary>y = x, limited to [lower, upper]. dy/dx = 1 for lower &lt; x &lt; upper, else 0: 0 at both ends, where <see cref="Clip"/> has 1.</summary>
internal sealed class HardTanh(double lower, double upper) : UnaryOp
{
    private BlockKernel? _singles;
    private BlockKernel? _doubles;

    public override string Name => string.Create(CultureInfo.InvariantCulture, $"HardTanh({lower:R}, {upper:R})");

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => inputs[0] == DType.Float32
        ? _singles ??= new BoundTernaryBlock<Clip.Kernel, float>((float)lower, (float)upper)
        : _doubles ??= new BoundTernaryBlock<Clip.Kernel, double>(lower, upper);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => Tensor.Where((x > lower) & (x < upper), dy, 0);
}
