namespace ProbNet.Autodiff;

/// <summary>Questions about a <see cref="DType"/>.</summary>
public static class DTypeExtensions
{
    /// <summary>True for <see cref="DType.Float32"/> and <see cref="DType.Float64"/>: the types that carry gradients.</summary>
    public static bool IsFloating(this DType dtype) => dtype is DType.Float32 or DType.Float64;

    /// <summary>True for <see cref="DType.Int32"/> and <see cref="DType.Int64"/>.</summary>
    public static bool IsInteger(this DType dtype) => dtype is DType.Int32 or DType.Int64;

    /// <summary>Bytes an element.</summary>
    public static int ByteSize(this DType dtype) => dtype switch
    {
        DType.Float64 or DType.Int64 => 8,
        DType.Bool => 1,
        _ => 4,
    };

    /// <summary>The spacing of floating-point numbers at 1: 2⁻²³ for Float32, 2⁻⁵² for Float64.</summary>
    /// <exception cref="DTypeException">The type is not a floating-point type.</exception>
    public static double Epsilon(this DType dtype) => dtype switch
    {
        DType.Float32 => 1.1920928955078125e-07,
        DType.Float64 => 2.220446049250313e-16,
        _ => throw new DTypeException($"Epsilon: {dtype} is not a floating-point type."),
    };

    internal static DType Of<T>() =>
        typeof(T) == typeof(float) ? DType.Float32
        : typeof(T) == typeof(double) ? DType.Float64
        : typeof(T) == typeof(int) ? DType.Int32
        : typeof(T) == typeof(long) ? DType.Int64
        : typeof(T) == typeof(bool) ? DType.Bool
        : throw new DTypeException($"Tensor: elements of type {typeof(T).Name} are not supported; use float, double, int, long or bool.");

    internal static Array Allocate(this DType dtype, int length) => dtype switch
    {
        DType.Float32 => GC.AllocateUninitializedArray<float>(length),
        DType.Float64 => GC.AllocateUninitializedArray<double>(length),
        DType.Int32 => GC.AllocateUninitializedArray<int>(length),
        DType.Int64 => GC.AllocateUninitializedArray<long>(length),
        _ => GC.AllocateUninitializedArray<bool>(length),
    };
}
