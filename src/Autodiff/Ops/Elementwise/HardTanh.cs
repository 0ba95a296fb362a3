using System.Globalization;

namespace ProbNet.Autodiff;

/// <summary>y = x, limited to [lower, upper]. dy/dx = 1 for lower &lt; x &lt; upper, else 0: 0 at both ends, where <see cref="Clip"/> has 1.</summary>
internal sealed class HardTanh(double lower, double upper) : UnaryOp
{
    public override string Name => string.Create(CultureInfo.InvariantCulture, $"HardTanh({lower:R}, {upper:R})");

    public override Array Evaluate(Tensor[] inputs, TensorType type)
    {
        if (type.DType == DType.Float32)
        {
            float[] y = GC.AllocateUninitializedArray<float>(type.Shape.Size);
            ElementwiseLoop.Ternary<Clip.Kernel, float>(inputs[0].Data<float>(), [(float)lower], [(float)upper], y);
            return y;
        }
        else
        {
            double[] y = GC.AllocateUninitializedArray<double>(type.Shape.Size);
            ElementwiseLoop.Ternary<Clip.Kernel, double>(inputs[0].Data<double>(), [lower], [upper], y);
            return y;
        }
    }

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => Tensor.Where((x > lower) & (x < upper), dy, 0);
}
