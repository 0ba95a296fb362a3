using System.Globalization;

namespace ProbNet.Autodiff;

/// <summary>How types and values are written in OpenCL C.</summary>
internal static class SourceText
{
    /// <summary>The type of an element in memory: a boolean is a byte, 0 or 1.</summary>
    public static string InMemory(DType type) => type == DType.Bool ? "uchar" : InRegister(type);

    /// <summary>The type of a variable: a boolean is an int, 0 or 1, as comparisons give it.</summary>
    public static string InRegister(DType type) => type switch
    {
        DType.Float32 => "float",
        DType.Float64 => "double",
        DType.Int64 => "long",
        _ => "int",
    };

    /// <summary>The unsigned type of the same size, in which integer arithmetic wraps.</summary>
    public static string Unsigned(DType type) => type == DType.Int64 ? "ulong" : "uint";

    /// <summary>The value whose bits, from the lowest, are given: exact.</summary>
    public static string Literal(DType type, long bits) => type switch
    {
        DType.Float32 => Float(BitConverter.Int32BitsToSingle((int)bits)),
        DType.Float64 => Double(BitConverter.Int64BitsToDouble(bits)),
        DType.Int32 => Integer((int)bits),
        DType.Int64 => Integer(bits),
        _ => (bits & 0xFF) != 0 ? "1" : "0",
    };

    /// <summary>A small integral number as a value of a type.</summary>
    public static string Whole(DType type, int value) => type switch
    {
        DType.Float32 => Number(value) + ".0f",
        DType.Float64 => Number(value) + ".0",
        DType.Int64 => Number(value) + "L",
        _ => Number(value),
    };

    /// <summary>−∞ or ∞, or the least or the greatest integer.</summary>
    public static string Extreme(DType type, bool isGreatest) => type switch
    {
        DType.Float32 => isGreatest ? "INFINITY" : "-INFINITY",
        DType.Float64 => isGreatest ? "(double)INFINITY" : "(double)-INFINITY",
        DType.Int32 => isGreatest ? "INT_MAX" : "INT_MIN",
        DType.Int64 => isGreatest ? "LONG_MAX" : "LONG_MIN",
        _ => isGreatest ? "1" : "0",
    };

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Integer(int value) => value == int.MinValue ? "INT_MIN" : Number(value);

    private static string Integer(long value) => value == long.MinValue ? "LONG_MIN" : Number(value) + "L";

    private static string Float(float value) => float.IsFinite(value)
        ? Hexadecimal(value) + "f"
        : "as_float(0x" + BitConverter.SingleToUInt32Bits(value).ToString("X8", CultureInfo.InvariantCulture) + "u)";

    private static string Double(double value) => double.IsFinite(value)
        ? Hexadecimal(value)
        : "as_double(0x" + BitConverter.DoubleToUInt64Bits(value).ToString("X16", CultureInfo.InvariantCulture) + "UL)";

    /// <summary>A finite number as ±0x1.fractionp±exponent, which every compiler reads without rounding.</summary>
    private static string Hexadecimal(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        string sign = bits >> 63 != 0 ? "-" : "";
        var exponent = (int)(bits >> 52 & 0x7FF);
        ulong fraction = bits & 0xFFFFFFFFFFFFF;
        if (exponent == 0 && fraction == 0)
        {
            return sign + "0x0p0";
        }

        string digits = fraction.ToString("x13", CultureInfo.InvariantCulture).TrimEnd('0');
        return sign + (exponent == 0 ? "0x0" : "0x1") + (digits.Length == 0 ? "" : "." + digits) + "p" + Number(exponent == 0 ? -1022 : exponent - 1023);
    }
}
