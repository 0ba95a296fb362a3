using System.Numerics;
using ProbNet.Autodiff;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace ProbNet.Distributions;

/// <summary>
/// The checks that every constructor makes. Values are looked at when they are there (not while tracing). NaN passes: it makes the answers NaN, and a
/// training run that produced it is explained by its own forensics.
/// </summary>
internal static class ParameterChecks
{
    /// <summary>Number literals take the type of the other parameters, Float32 if all are literals; the types must then be one floating-point type.</summary>
    public static void Align(string family, ref Tensor first, ref Tensor second)
    {
        RequireFloating(family, first);
        RequireFloating(family, second);
        Tensor.Align(family, ref first, ref second);
        first = Single(family, first);
        second = Single(family, second);
    }

    /// <inheritdoc cref="Align(string, ref Tensor, ref Tensor)"/>
    public static void Align(string family, ref Tensor first, ref Tensor second, ref Tensor third)
    {
        RequireFloating(family, first);
        RequireFloating(family, second);
        RequireFloating(family, third);
        Tensor.Align(family, ref first, ref second);
        Tensor.Align(family, ref second, ref third);
        Tensor.Align(family, ref first, ref third);
        first = Single(family, first);
        second = Single(family, second);
        third = Single(family, third);
    }

    /// <summary>A parameter of a floating-point type; a number literal becomes Float32.</summary>
    public static Tensor Single(string family, Tensor value)
    {
        RequireFloating(family, value);
        return value.IsLiteral ? value.Cast(DType.Float32) : value;
    }

    /// <summary>A number literal in a given type; other tensors as they are.</summary>
    public static Tensor Literal(Tensor value, DType dtype) => value.IsLiteral ? value.Cast(dtype) : value;

    /// <summary>A parameter above 0 and below ∞.</summary>
    public static Tensor Positive(string family, string parameter, Tensor value) => value.IsSymbolic || value.Size == 0
        ? value
        : value.DType == DType.Float32
            ? Positive(family, parameter, value, value.AsSpan<float>())
            : Positive(family, parameter, value, value.AsSpan<double>());

    /// <summary>A parameter from 0 to below ∞.</summary>
    public static Tensor NonNegative(string family, string parameter, Tensor value) =>
        Between(family, parameter, value, 0, double.MaxValue, "must not be negative, and finite");

    /// <summary>A parameter in [0, 1].</summary>
    public static Tensor UnitInterval(string family, string parameter, Tensor value) => Between(family, parameter, value, 0, 1, "must lie in [0, 1]");

    /// <summary>A parameter strictly between 0 and 1.</summary>
    public static Tensor OpenUnitInterval(string family, string parameter, Tensor value) => Between(
        family, parameter, value, value.DType == DType.Float32 ? float.Epsilon : double.Epsilon, 1 - (0.5 * value.DType.Epsilon()),
        "must lie strictly between 0 and 1");

    /// <summary>A parameter that must be a whole number from 0.</summary>
    public static Tensor Count(string family, string parameter, Tensor value) => Whole(family, parameter, NonNegative(family, parameter, value));

    /// <summary>A parameter that must be a whole number.</summary>
    public static Tensor Whole(string family, string parameter, Tensor value)
    {
        Finite(family, parameter, value);
        if (!value.IsSymbolic)
        {
            double[] values = value.ToDoubles();
            int at = Array.FindIndex(values, x => Math.Floor(x) < x);
            if (at >= 0)
            {
                throw Broken(family, parameter, value, values[at], at, "must be a whole number");
            }
        }

        return value;
    }

    /// <summary>A parameter that must be finite.</summary>
    public static Tensor Finite(string family, string parameter, Tensor value) =>
        Between(family, parameter, value, double.MinValue, double.MaxValue, "must be finite");

    /// <summary>Two bounds, element by element: low &lt; high.</summary>
    public static void Ordered(string family, Tensor low, Tensor high)
    {
        if (low.IsSymbolic || high.IsSymbolic)
        {
            return;
        }

        Tensor wrong = Gradient.Stop(low) >= Gradient.Stop(high);
        int at = wrong.AsSpan<bool>().IndexOf(true);
        if (at >= 0)
        {
            double a = low.BroadcastTo(wrong.Shape).ToDoubles()[at], b = high.BroadcastTo(wrong.Shape).ToDoubles()[at];
            throw new ArgumentOutOfRangeException(
                nameof(high), b, FormattableString.Invariant($"{family}: low must be below high, but element {at} of shape {wrong.Shape} has low {a:R} and high {b:R}."));
        }
    }

    private static Tensor Between(string family, string parameter, Tensor value, double low, double high, string rule) => value.IsSymbolic || value.Size == 0
        ? value
        : value.DType == DType.Float32
            ? Between(family, parameter, value, value.AsSpan<float>(), (float)Math.Max(low, float.MinValue), (float)Math.Min(high, float.MaxValue), rule)
            : Between(family, parameter, value, value.AsSpan<double>(), low, high, rule);

    private static Tensor Positive<T>(string family, string parameter, Tensor tensor, ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        // Two vectorised passes, which skip NaN; the search is only for the message.
        if (!(TensorPrimitives.MinNumber(values) <= T.Zero) && !(TensorPrimitives.MaxNumber(values) > T.MaxValue))
        {
            return tensor;
        }

        int at = 0;
        while (!(values[at] <= T.Zero || T.IsPositiveInfinity(values[at])))
        {
            at++;
        }

        throw Broken(family, parameter, tensor, double.CreateChecked(values[at]), at, "must be above 0 and finite");
    }

    private static Tensor Between<T>(string family, string parameter, Tensor tensor, ReadOnlySpan<T> values, T low, T high, string rule)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!(TensorPrimitives.MinNumber(values) < low) && !(TensorPrimitives.MaxNumber(values) > high))
        {
            return tensor;
        }

        int at = 0;
        while (!(values[at] < low || values[at] > high))
        {
            at++;
        }

        throw Broken(family, parameter, tensor, double.CreateChecked(values[at]), at, rule);
    }

    private static ArgumentOutOfRangeException Broken(string family, string parameter, Tensor value, double found, int index, string rule) => new(
        parameter, found, FormattableString.Invariant(
            $"{family}: {parameter} {rule}, but element {index} of shape {value.Shape} is {found:R}."));

    /// <summary>Refuses a parameter that is not of a floating-point type.</summary>
    public static void RequireFloating(string family, Tensor value)
    {
        if (!value.DType.IsFloating())
        {
            throw new DTypeException($"{family}: a parameter is {value.DType} {value.Shape}; parameters are of a floating-point type: use Cast(DType.Float32).");
        }
    }
}
