using System.Numerics;
using System.Numerics.Tensors;

namespace ProbNet.Autodiff;

/// <summary>
/// y = Σ (x − x̄)² / max(0, n − correction), by two passes; NaN where that is 0/0. ∂y/∂x = 2 (x − x̄) / max(0, n − correction).
/// </summary>
internal sealed class Variance(int[] axes, double correction, bool keepDims) : ReduceOp(axes, keepDims)
{
    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor x = inputs[0];
        Tensor scaled = Expanded(dy, x) * (2 / Math.Max(0, Count(x.Shape) - correction));
        return (x - new Mean(Axes, keepDims: true).Apply(x)) * scaled;
    }

    protected override Array Reduce<T>(T[] x, int outer, int length, int inner) => Of(x, outer, length, inner, correction);

    /// <summary>The variances over the middle axis.</summary>
    public static T[] Of<T>(T[] x, int outer, int length, int inner, double correction) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] means = Mean.Of(x, outer, length, inner), y = new T[outer * inner];
        T[] centred = Centre(x, means, outer, length, inner);
        if (inner == 1)
        {
            ReductionLoop.SumSquaresRows<T>(centred, y, outer, length);
        }
        else
        {
            ReductionLoop.SumSquaresMiddle<T>(centred, y, outer, length, inner);
        }

        TensorPrimitives.Divide(y, T.CreateChecked(Math.Max(0, length - correction)), y);
        return y;
    }

    private static T[] Centre<T>(T[] x, T[] means, int outer, int length, int inner) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] centred = GC.AllocateUninitializedArray<T>(x.Length);
        for (int o = 0; o < outer; o++)
        {
            if (inner == 1)
            {
                TensorPrimitives.Subtract(x.AsSpan(o * length, length), means[o], centred.AsSpan(o * length, length));
                continue;
            }

            for (int row = o * length * inner, end = row + (length * inner); row < end; row += inner)
            {
                TensorPrimitives.Subtract(x.AsSpan(row, inner), means.AsSpan(o * inner, inner), centred.AsSpan(row, inner));
            }
        }

        return centred;
    }
}
