using System.Numerics;
using System.Numerics.Tensors;

namespace ProbNet.Autodiff;

/// <summary>
/// y = (Σ |x|ᵖ)^(1/p) for 1 ≤ p &lt; ∞. ∂y/∂x = sign(x) (|x|/y)^(p−1), and zero where y = 0: the choice that lets a point at rest stay.
/// </summary>
internal sealed class Norm(double p, int[] axes, bool keepDims) : ReduceOp(axes, keepDims)
{
    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor x = inputs[0], y = Expanded(output, x), none = y.EqualTo(0), safe = Tensor.Where(none, 1, y);
        Tensor scale = Tensor.Where(none, 0, Expanded(dy, x));
        return p == 1 ? x.Sign() * scale : p == 2 ? x * (scale / safe) : x.Sign() * (x.Abs() / safe).Pow(p - 1) * scale;
    }

    protected override Array Reduce<T>(T[] x, int outer, int length, int inner)
    {
        T[] y = GC.AllocateUninitializedArray<T>(outer * inner);
        if (p == 2)
        {
            if (inner == 1)
            {
                ReductionLoop.SumSquaresRows<T>(x, y, outer, length);
            }
            else
            {
                ReductionLoop.SumSquaresMiddle<T>(x, y, outer, length, inner);
            }

            TensorPrimitives.Sqrt(y, y);
            return y;
        }

        var sizes = new T[x.Length];
        TensorPrimitives.Abs(x, sizes);
        if (p == 1)
        {
            return Sum.Totals(sizes, outer, length, inner);
        }

        PowerMeans<T>(sizes, y, length, inner);
        return y;
    }

    /// <summary>Norms of magnitudes, scaled by the largest, so that no power overflows.</summary>
    private void PowerMeans<T>(T[] sizes, T[] y, int length, int inner) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T power = T.CreateChecked(p), root = T.One / power;
        for (int k = 0; k < y.Length; k++)
        {
            int start = (k / inner * length * inner) + (k % inner);
            T largest = T.Zero, sum = T.Zero;
            for (int r = 0; r < length; r++)
            {
                largest = T.Max(largest, sizes[start + (r * inner)]);
            }

            if (largest == T.Zero || !T.IsFinite(largest))
            {
                y[k] = largest;
                continue;
            }

            for (int r = 0; r < length; r++)
            {
                sum += T.Pow(sizes[start + (r * inner)] / largest, power);
            }

            y[k] = largest * T.Pow(sum, root);
        }
    }
}
