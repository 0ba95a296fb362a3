using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// From random bits to numbers, lane by lane: one 32-bit word makes a float, two words (the first the lower) make a double. Only operations
/// that every device
/// rounds alike, so a sample has the same bits everywhere.
/// </summary>
internal static class RandomMaps
{
    /// <summary>[0, 1): the top 24 bits (53 for double) as a multiple of 2⁻²⁴ (2⁻⁵³).</summary>
    public readonly struct Uniform : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(float)
                ? Combine<V, T>(V.ShiftRight(x, 20), V.ShiftRight(x, 8) & V.Bits(0xFFF), 1.0 / (1 << 12), 1.0 / (1 << 24), 0)
                : Combine<V, T>(V.ShiftRight(x, 32), V.ShiftRight(x, 11) & V.Bits(0x1FFFFF), 1.0 / (1L << 32), 1.0 / (1L << 53), 0);
    }

    /// <summary>(0, 1): the top 23 bits (52 for double), in the middle of their cell; 1 − u is as likely and as exact as u.</summary>
    public readonly struct UniformOpen : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(float)
                ? V.MultiplyAdd(Number<V, T>(V.ShiftRight(x, 9)), V.Constant(1.0 / (1 << 23)), V.Constant(1.0 / (1 << 24)))
                : Open<V, T>(x).U;
    }

    /// <summary>(0, 1): the top 53 bits, in the middle of their cell; for double only.</summary>
    public readonly struct UnitMiddle : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => Uniform.Apply<V, T>(x) + V.Constant(0.5 / (1L << 53));
    }

    /// <summary>Standard normal: the top bit is the sign, the others give P(|z| &lt; x), from either end exactly.</summary>
    public readonly struct Normal : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            V sign = x & V.Bits(typeof(T) == typeof(float) ? 0x80000000 : long.MinValue);
            (V u, V rest) = Open<V, T>(V.ShiftLeft(x, 1), V.ShiftLeft(~x, 1), 1.0 / (1L << 32));
            return PortableMath.HalfNormalQuantile<V, T>(u, rest) | sign;
        }
    }

    /// <summary>Exponential of rate 1: −log u, always positive.</summary>
    public readonly struct Exponential : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            (V u, V rest) = Open<V, T>(x);
            return -PortableMath.LogOfUnit<V, T>(u, rest);
        }
    }

    /// <summary>Standard Gumbel: −log of an exponential.</summary>
    public readonly struct Gumbel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => -PortableMath.Log<V, T>(Exponential.Apply<V, T>(x));
    }

    /// <summary>Natural logarithm of positive normal numbers, the same on every platform (Math.Log is not).</summary>
    public readonly struct Log : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => PortableMath.Log<V, T>(x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V U, V Complement) Open<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Open<V, T>(x, ~x, 1.0 / (1L << 33));

    /// <summary>
    /// u in the middle of the cell that the bits name, and 1 − u from the complemented bits. Float takes all 32 bits and rounds once, so
    /// that small values keep
    /// their precision; double takes the top 52, exactly.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V U, V Complement) Open<V, T>(V x, V complement, double halfCell)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        return (One(x, halfCell), One(complement, halfCell));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V One(V bits, double halfCell) => typeof(T) == typeof(float)
            ? Combine<V, T>(V.ShiftRight(bits, 16), bits & V.Bits(0xFFFF), 1.0 / (1 << 16), 1.0 / (1L << 32), halfCell)
            : V.MultiplyAdd(Number<V, T>(V.ShiftRight(bits, 12)), V.Constant(1.0 / (1L << 52)), V.Constant(1.0 / (1L << 53)));
    }

    /// <summary>high·highScale + (low·lowScale + offset), the bracket exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Combine<V, T>(V high, V low, double highScale, double lowScale, double offset)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.MultiplyAdd(
            Number<V, T>(high), V.Constant(highScale), V.MultiplyAdd(Number<V, T>(low), V.Constant(lowScale), V.Constant(offset)));

    /// <summary>
    /// The integer in the bits, below 2²³ (2⁵²), as a number: or-ed into the mantissa of 2²³ (2⁵²), which is then taken off.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Number<V, T>(V integer)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V power = V.Constant(typeof(T) == typeof(float) ? 8388608.0 : 4503599627370496.0);
        return (integer | power) - power;
    }
}
