using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>Limits gradients before an optimizer uses them. The results are plain values: no gradient flows through.</summary>
public static class GradientClipping
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
        double norm = GlobalNorm(gradients);
        var result = new Tensor[gradients.Count];
        for (int i = 0; i < result.Length; i++)
        {
            Tensor gradient = gradients[i];
            result[i] = gradient.DType == DType.Float32
                ? new Tensor(gradient.Shape, gradient.DType, Clamp(gradient.Data<float>(), (float)limit))
                : new Tensor(gradient.Shape, gradient.DType, Clamp(gradient.Data<double>(), limit));
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
            result[i] = Scale(gradients[i], Coefficient(GlobalNorm([gradients[i]]), maxNorm));
        }

        return new ClippedGradients(result, GlobalNorm(gradients));
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
        double norm = GlobalNorm(gradients), coefficient = Coefficient(norm, maxNorm);
        var result = new Tensor[gradients.Count];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = Scale(gradients[i], coefficient);
        }

        return new ClippedGradients(result, norm);
    }

    /// <summary>The L2 norm of all gradients together, summed in double precision; not finite exactly if an element is not.</summary>
    /// <exception cref="DTypeException">A gradient is not of a floating-point type.</exception>
    public static double GlobalNorm(IReadOnlyList<Tensor> gradients)
    {
        double sum = SumOfSquares(gradients, 1);
        if (sum is > 1e-290 and < double.PositiveInfinity)
        {
            return Math.Sqrt(sum);
        }

        // The squares have left the range of double, all elements are zero, or an element is not finite: once more, scaled by a power of two.
        double largest = 0;
        foreach (Tensor gradient in gradients)
        {
            foreach (double x in gradient.ToDoubles())
            {
                largest = Math.Max(largest, Math.Abs(x));
            }
        }

        double scale = largest > 1 ? s_small : s_large;
        return double.IsFinite(largest) ? Math.Sqrt(SumOfSquares(gradients, scale)) / scale : largest;
    }

    internal static double Prepare<T>(Span<T> gradient, double? clipValue, double? clipNorm) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Math.Sqrt(SumOfSquares<T>(gradient, 1));

    private static double SumOfSquares(IReadOnlyList<Tensor> gradients, double scale)
    {
        double sum = 0;
        for (int i = 0; i < gradients.Count; i++)
        {
            Tensor gradient = gradients[i];
            sum += gradient.DType switch
            {
                DType.Float32 => SumOfSquares(gradient.AsSpan<float>(), scale),
                DType.Float64 => SumOfSquares(gradient.AsSpan<double>(), scale),
                _ => throw new DTypeException($"GradientClipping: gradient {i} is {gradient.DType} {gradient.Shape}; gradients are of a floating-point type."),
            };
        }

        return sum;
    }

    // Four partial sums in a fixed order, so that the result does not depend on the width of the machine's vectors.
    private static double SumOfSquares<T>(ReadOnlySpan<T> values, double scale) where T : IBinaryFloatingPointIeee754<T>
    {
        double a = 0, b = 0, c = 0, d = 0;
        int i = 0;
        for (; i + 4 <= values.Length; i += 4)
        {
            a += Square(values[i], scale);
            b += Square(values[i + 1], scale);
            c += Square(values[i + 2], scale);
            d += Square(values[i + 3], scale);
        }

        for (; i < values.Length; i++)
        {
            a += Square(values[i], scale);
        }

        return a + b + (c + d);
    }

    private static double Square<T>(T value, double scale) where T : IBinaryFloatingPointIeee754<T>
    {
        double x = double.CreateTruncating(value) * scale;
        return x * x;
    }

    private static double Coefficient(double norm, double maxNorm) =>
        double.IsFinite(norm) ? Math.Min(1, maxNorm / (norm + NormGuard)) : 1;

    private static Tensor Scale(Tensor gradient, double coefficient) => coefficient == 1 ? gradient
        : gradient.DType == DType.Float32
            ? new Tensor(gradient.Shape, gradient.DType, Scale(gradient.Data<float>(), (float)coefficient))
            : new Tensor(gradient.Shape, gradient.DType, Scale(gradient.Data<double>(), coefficient));

    private static T[] Scale<T>(T[] values, T coefficient) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] result = GC.AllocateUninitializedArray<T>(values.Length);
        System.Numerics.Tensors.TensorPrimitives.Multiply(values, coefficient, result);
        return result;
    }

    private static T[] Clamp<T>(T[] values, T limit) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] result = GC.AllocateUninitializedArray<T>(values.Length);
        for (int i = 0; i < result.Length; i++)
        {
            T x = values[i];
            result[i] = x > limit ? limit : x < -limit ? -limit : x;
        }

        return result;
    }
}
