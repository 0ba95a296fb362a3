using System.Numerics.Tensors;

namespace ProbNet.Autodiff;

/// <summary>
/// y = √(Σ (x − x̄)² / max(0, n − correction)). ∂y/∂x = (x − x̄) / (max(0, n − correction) y), and zero where y = 0.
/// </summary>
internal sealed unsafe class StandardDeviation(int[] axes, double correction, bool keepDims) : ReduceOp(axes, keepDims)
{
    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor x = inputs[0], y = Expanded(output, x), none = y.EqualTo(0);
        Tensor scale = Expanded(dy, x) / (Tensor.Where(none, 1, y) * Math.Max(0, Count(x.Shape) - correction));
        return (x - new Mean(Axes, keepDims: true).Apply(x)) * Tensor.Where(none, 0, scale);
    }

    protected override bool TryLower(Lowering kernels, int from, Extent extent)
    {
        Variance.Lower(kernels, from, extent, correction, Sqrt.Instance);
        return true;
    }

    protected override void Reduce<T>(T* x, void* y, Extent extent)
    {
        Variance.Of(x, (T*)y, extent, correction);
        var deviations = new Span<T>(y, extent.Results);
        TensorPrimitives.Sqrt(deviations, deviations);
    }
}
