using System.Numerics.Tensors;

namespace ProbNet.Autodiff;

/// <summary>
/// y = √(Σ (x − x̄)² / max(0, n − correction)). ∂y/∂x = (x − x̄) / (max(0, n − correction) y), and zero where y = 0.
/// </summary>
internal sealed class StandardDeviation(int[] axes, double correction, bool keepDims) : ReduceOp(axes, keepDims)
{
    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor x = inputs[0], y = Expanded(output, x), none = y.EqualTo(0);
        Tensor scale = Expanded(dy, x) / (Tensor.Where(none, 1, y) * Math.Max(0, Count(x.Shape) - correction));
        return (x - new Mean(Axes, keepDims: true).Apply(x)) * Tensor.Where(none, 0, scale);
    }

    protected override Array Reduce<T>(T[] x, int outer, int length, int inner)
    {
        T[] y = Variance.Of(x, outer, length, inner, correction);
        TensorPrimitives.Sqrt(y, y);
        return y;
    }
}
