using System.Numerics.Tensors;

namespace ProbNet.Autodiff;

/// <summary>y = Σ x / n over n elements; NaN over none. ∂y/∂x = 1/n.</summary>
internal sealed unsafe class Mean(int[] axes, bool keepDims) : ReduceOp(axes, keepDims)
{
    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) =>
        (Expanded(dy, inputs[0]) / Count(inputs[0].Shape)).BroadcastTo(inputs[0].Shape);

    public override ReductionForm? Form(DType type, int count) => new(Reduction.Sum, Finish: Programs.DivideByNumber(type)) { Numbers = [count] };

    protected override void Reduce<T>(T* x, void* y, Extent extent) => Of(x, (T*)y, extent);

    /// <summary>The means over the middle axis.</summary>
    public static void Of<T>(T* x, T* y, Extent extent) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        ReductionLoop.Reduce<SumReduction, T>(x, y, extent.Outer, extent.Length, extent.Inner, extent.Shared);
        var means = new Span<T>(y, extent.Results);
        TensorPrimitives.Divide(means, T.CreateChecked(extent.Length), means);
    }
}
