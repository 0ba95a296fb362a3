using System.Numerics;
using System.Numerics.Tensors;

namespace ProbNet.Autodiff;

/// <summary>
/// y = Σ (x − x̄)² / max(0, n − correction), by two passes; NaN where that is 0/0. ∂y/∂x = 2 (x − x̄) / max(0, n − correction).
/// </summary>
internal sealed unsafe class Variance(int[] axes, double correction, bool keepDims) : ReduceOp(axes, keepDims)
{
    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor x = inputs[0];
        Tensor scaled = Expanded(dy, x) * (2 / Math.Max(0, Count(x.Shape) - correction));
        return (x - new Mean(Axes, keepDims: true).Apply(x)) * scaled;
    }

    protected override bool TryLower(Lowering kernels, int from, Extent extent)
    {
        Lower(kernels, from, extent, correction, finish: null);
        return true;
    }

    /// <summary>Variances as kernels: the means, then the sums of squared deviations, divided and mapped.</summary>
    public static void Lower(Lowering kernels, int from, Extent extent, double correction, UnaryOp? finish)
    {
        DType type = kernels.Output.DType;
        int means = kernels.Temporary(new(Shape.Create([extent.Outer, extent.Inner]), type));
        kernels.Reduce(from, extent, new(Reduction.Sum, Finish: Programs.DivideByNumber(type)) { Numbers = [extent.Length] }, means);
        if (extent.Results > 0)
        {
            kernels.Call(
                new ReduceKernel(
                    "Variance", Programs.SquaredDifference(type), [extent.Outer, extent.Length, extent.Inner], 1, 1,
                    [new View(0, [extent.Length * extent.Inner, extent.Inner, 1]), new View(0, [extent.Inner, 0, 1])], [Reduction.Sum], [],
                    Programs.DivideByNumber(type, finish), [], [new View(0, [extent.Inner, 1])]),
                [Math.Max(0, extent.Length - correction)], from, means, kernels.Result);
        }
    }

    protected override void Reduce<T>(T* x, void* y, Extent extent) => Of(x, (T*)y, extent, correction);

    /// <summary>The variances over the middle axis.</summary>
    public static void Of<T>(T* x, T* y, Extent extent, double correction) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Mean.Of(x, y, extent);
        if (extent.Inner == 1)
        {
            ReductionLoop.Reduce<SumSquaredDeviationsReduction, T>(x, y, extent.Outer, extent.Length, 1, extent.Shared);
        }
        else
        {
            using var centred = new Scratch<T>(extent.Size);
            fixed (T* deviations = centred.Span)
            {
                Centre(x, y, deviations, extent);
                ReductionLoop.Reduce<SumSquaresReduction, T>(deviations, y, extent.Outer, extent.Length, extent.Inner, extent.Shared);
            }
        }

        var variances = new Span<T>(y, extent.Results);
        TensorPrimitives.Divide(variances, T.CreateChecked(Math.Max(0, extent.Length - correction)), variances);
    }

    private static void Centre<T>(T* x, T* means, T* centred, Extent extent) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int outer, int length, int inner, bool _) = extent;
        for (int o = 0; o < outer; o++, means += inner)
        {
            for (int r = 0; r < length; r++, x += inner, centred += inner)
            {
                TensorPrimitives.Subtract(new ReadOnlySpan<T>(x, inner), new ReadOnlySpan<T>(means, inner), new Span<T>(centred, inner));
            }
        }
    }
}
