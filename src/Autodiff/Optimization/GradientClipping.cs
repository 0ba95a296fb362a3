using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// Limits gradients before an optimizer uses them. The results are plain values: no gradient flows through. In a function that is compiled, the norm has
/// no value yet: it is there as <see cref="ClippedGradients.NormTensor"/>.
/// </summary>
public static partial class GradientClipping
{
    // PyTorch's guard against division by zero in clip_grad_norm_.
    private const double NormGuard = 1e-6;

    // 2^±600, about 1e±180: squares of scaled numbers near either end of the range of double are well inside it.
    private static readonly double s_large = Math.ScaleB(1, 600), s_small = Math.ScaleB(1, -600);

    /// <summary>Limits every element to [−limit, limit]. NaN stays NaN.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive and finite.</exception>
    /// <exception cref="DTypeException">A gradient is not of a floating-point type.</exception>
    public static ClippedGradients ByValue(IReadOnlyList<Tensor> gradients, double limit)
    {
        HyperParameter.Positive(limit, "GradientClipping.ByValue", nameof(limit));
        Tensor norm = NormOf(gradients);
        var result = new Tensor[gradients.Count];
        for (int i = 0; i < result.Length; i++)
        {
            Tensor gradient = Plain(gradients[i]);
            result[i] = gradient.IsSymbolic ? gradient.Clip(-limit, limit)
                : gradient.DType == DType.Float32 ? Clamped<float>(gradient, limit)
                : Clamped<double>(gradient, limit);
        }

        return new ClippedGradients(result, norm);
    }

    /// <summary>Scales each gradient on its own to an L2 norm of at most <paramref name="maxNorm"/>, by min(1, maxNorm/(norm + 1e-6)).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The norm is not positive and finite.</exception>
    /// <exception cref="DTypeException">A gradient is not of a floating-point type.</exception>
    public static ClippedGradients ByNorm(IReadOnlyList<Tensor> gradients, double maxNorm)
    {
        HyperParameter.Positive(maxNorm, "GradientClipping.ByNorm", nameof(maxNorm));
        var result = new Tensor[gradients.Count];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = Scaled(gradients[i], CoefficientOf(NormOf([gradients[i]]), maxNorm));
        }

        return new ClippedGradients(result, NormOf(gradients));
    }

    /// <summary>
    /// Scales all gradients by one factor, min(1, maxNorm/(norm + 1e-6)), where the norm is the L2 norm of all of them together: the direction of the step
    /// stays. PyTorch's clip_grad_norm_, but gradients that are not finite stay as they are.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The norm is not positive and finite.</exception>
    /// <exception cref="DTypeException">A gradient is not of a floating-point type.</exception>
    public static ClippedGradients ByGlobalNorm(IReadOnlyList<Tensor> gradients, double maxNorm)
    {
        HyperParameter.Positive(maxNorm, "GradientClipping.ByGlobalNorm", nameof(maxNorm));
        Tensor norm = NormOf(gradients), coefficient = CoefficientOf(norm, maxNorm);
        var result = new Tensor[gradients.Count];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = Scaled(gradients[i], coefficient);
        }

        return new ClippedGradients(result, norm);
    }

    /// <summary>The L2 norm of all gradients together, summed in double precision; not finite exactly if an element is not.</summary>
    /// <exception cref="DTypeException">A gradient is not of a floating-point type.</exception>
    /// <exception cref="TracingException">A gradient has no values yet.</exception>
    public static double GlobalNorm(IReadOnlyList<Tensor> gradients)
    {
        double sum = SumOfSquares(gradients, 1);
        if (IsInRange(sum))
        {
            return Math.Sqrt(sum);
        }

        // The squares have left the range of double, all elements are zero, or an element is not finite: once more, scaled by a power of two.
        double largest = 0;
        for (int i = 0; i < gradients.Count; i++)
        {
            Tensor gradient = gradients[i];
            largest = Math.Max(largest, gradient.DType == DType.Float32 ? Largest(gradient.AsSpan<float>()) : Largest(gradient.AsSpan<double>()));
        }

        return IsOrdinary(largest) ? Math.Sqrt(SumOfSquares(gradients, ScaleOf(largest))) / ScaleOf(largest) : largest;
    }

    internal static void RequireFloating(Tensor gradient, int index)
    {
        if (!gradient.DType.IsFloating())
        {
            throw new DTypeException($"GradientClipping: gradient {index} is {gradient.DType} {gradient.Shape}; gradients are of a floating-point type.");
        }
    }

    private static double SumOfSquares(IReadOnlyList<Tensor> gradients, double scale)
    {
        double sum = 0;
        for (int i = 0; i < gradients.Count; i++)
        {
            Tensor gradient = gradients[i];
            RequireFloating(gradient, i);
            sum += gradient.DType == DType.Float32 ? SumOfSquares(gradient.AsSpan<float>(), scale) : SumOfSquares(gradient.AsSpan<double>(), scale);
        }

        return sum;
    }

    private static Tensor Plain(Tensor gradient) => gradient.Levels == 0 ? gradient : Gradient.Stop(gradient);

    private static Tensor NormOf(IReadOnlyList<Tensor> gradients) => gradients.Any(gradient => gradient.IsSymbolic)
        ? GradientNorm.Instance.Apply([.. gradients])
        : Tensor.Scalar(GlobalNorm(gradients), DType.Float64);

    private static Tensor CoefficientOf(Tensor norm, double maxNorm) => norm.IsSymbolic
        ? Tensor.Where(norm.IsFinite(), Tensor.Minimum(maxNorm / (norm + NormGuard), 1), Tensor.Scalar(1, DType.Float64))
        : Tensor.Scalar(Coefficient(norm.ToScalar(), maxNorm), DType.Float64);

    private static Tensor Scaled(Tensor gradient, Tensor coefficient)
    {
        if (coefficient.IsSymbolic)
        {
            return Plain(gradient) * coefficient.Cast(gradient.DType);
        }

        double factor = coefficient.ToScalar();
        return factor == 1 ? gradient : gradient.DType == DType.Float32 ? Scaled<float>(gradient, factor) : Scaled<double>(gradient, factor);
    }

    private static Tensor Scaled<T>(Tensor gradient, double factor) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] values = [.. gradient.AsSpan<T>()];
        Scale<T>(values, factor);
        return new Tensor(gradient.Shape, gradient.DType, values).To(gradient.Device);
    }

    private static Tensor Clamped<T>(Tensor gradient, double limit) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] values = [.. gradient.AsSpan<T>()];
        Clamp<T>(values, limit);
        return new Tensor(gradient.Shape, gradient.DType, values).To(gradient.Device);
    }
}
