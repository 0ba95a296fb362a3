using System.Numerics;
using System.Numerics.Tensors;

namespace ProbNet.Autodiff;

/// <summary>
/// y = (Σ |x|ᵖ)^(1/p) for 1 ≤ p &lt; ∞. ∂y/∂x = sign(x) (|x|/y)^(p−1), and zero where y = 0: the choice that lets a point at rest stay.
/// </summary>
internal sealed unsafe class Norm(double p, int[] axes, bool keepDims) : ReduceOp(axes, keepDims)
{
    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor x = inputs[0], y = Expanded(output, x), none = y.EqualTo(0), safe = Tensor.Where(none, 1, y);
        Tensor scale = Tensor.Where(none, 0, Expanded(dy, x));
        return p == 1 ? x.Sign() * scale : p == 2 ? x * (scale / safe) : x.Sign() * (x.Abs() / safe).Pow(p - 1) * scale;
    }

    public override ReductionForm? Form(DType type, int count) => p switch
    {
        1 => new(Reduction.Sum, Programs.Unary(Abs.Instance, type)),
        2 => new(Reduction.Sum, Programs.Unary(Square.Instance, type), Programs.Unary(Sqrt.Instance, type)),
        _ => null,
    };

    protected override void Reduce<T>(T* x, void* y, Extent extent)
    {
        (int outer, int length, int inner, bool shared) = extent;
        if (p == 2)
        {
            ReductionLoop.Reduce<SumSquaresReduction, T>(x, (T*)y, outer, length, inner, shared);
            var norms = new Span<T>(y, extent.Results);
            TensorPrimitives.Sqrt(norms, norms);
        }
        else if (p == 1)
        {
            ReductionLoop.Reduce<SumMagnitudesReduction, T>(x, (T*)y, outer, length, inner, shared);
        }
        else
        {
            PowerMeans(x, (T*)y, extent);
        }
    }

    /// <summary>Norms scaled by the largest magnitude, so that no power overflows.</summary>
    private void PowerMeans<T>(T* x, T* y, Extent extent) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int _, int length, int inner, bool _) = extent;
        T power = T.CreateChecked(p), root = T.One / power;
        for (int k = 0; k < extent.Results; k++)
        {
            T* first = x + ((nint)(k / inner) * length * inner) + (k % inner);
            T largest = T.Zero, sum = T.Zero;
            for (int r = 0; r < length; r++)
            {
                largest = T.Max(largest, T.Abs(first[(nint)r * inner]));
            }

            if (largest == T.Zero || !T.IsFinite(largest))
            {
                y[k] = largest;
                continue;
            }

            for (int r = 0; r < length; r++)
            {
                sum += T.Pow(T.Abs(first[(nint)r * inner]) / largest, power);
            }

            y[k] = largest * T.Pow(sum, root);
        }
    }
}
