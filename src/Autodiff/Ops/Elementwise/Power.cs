using System.Globalization;

namespace ProbNet.Autodiff;

/// <summary>y = xᵖ for a fixed exponent p ≠ 0. dy/dx = p·xᵖ⁻¹.</summary>
internal sealed class Power(double exponent) : UnaryOp
{
    public override string Name => string.Create(CultureInfo.InvariantCulture, $"Pow({exponent:R})");

    public override Array Evaluate(Tensor[] inputs, TensorType type)
    {
        if (type.DType == DType.Float32)
        {
            float[] y = GC.AllocateUninitializedArray<float>(type.Shape.Size);
            ElementwiseTiles.Binary<Pow.Kernel, float>(inputs[0].Data<float>(), [(float)exponent], y);
            return y;
        }
        else
        {
            double[] y = GC.AllocateUninitializedArray<double>(type.Shape.Size);
            ElementwiseTiles.Binary<Pow.Kernel, double>(inputs[0].Data<double>(), [exponent], y);
            return y;
        }
    }

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * (exponent * x.Pow(exponent - 1));
}
