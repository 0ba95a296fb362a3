using System.Globalization;

namespace ProbNet.Autodiff;

/// <summary>y = xᵖ for a fixed exponent p ≠ 0. dy/dx = p·xᵖ⁻¹.</summary>
internal sealed class Power(double exponent) : UnaryOp
{
    private BlockKernel? _singles;
    private BlockKernel? _doubles;

    public override string Name => string.Create(CultureInfo.InvariantCulture, $"Pow({exponent:R})");

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => inputs[0] == DType.Float32
        ? _singles ??= new BoundBinaryBlock<Pow.Kernel, float>((float)exponent)
        : _doubles ??= new BoundBinaryBlock<Pow.Kernel, double>(exponent);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * (exponent * x.Pow(exponent - 1));
}
