using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>What the lane types share: exponents taken apart and put together with integer operations on the bits.</summary>
internal static class LanesMath
{
    /// <summary>2ⁿ for an integral n whose power is a normal number: n + bias lands in the low bits of a sum, and is shifted to the exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V PowerOfTwo<V, T>(V n)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(float)
            ? V.ShiftLeft(n + V.Constant(Rounding<T>() + 127), 23)
            : V.ShiftLeft(n + V.Constant(Rounding<T>() + 1023), 52);

    /// <summary>x·2ⁿ as two exact-enough products, so that overflow and subnormal results round once, at the last of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ScaleInTwoSteps<V, T>(V x, V n)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V half = V.Floor(n * V.Constant(0.5));
        return x * PowerOfTwo<V, T>(half) * PowerOfTwo<V, T>(n - half);
    }

    /// <summary>1.5·2²³ for float, 1.5·2⁵² for double: added to a small number, it leaves the nearest integer in the low bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Rounding<T>() => typeof(T) == typeof(float) ? 12582912 : 6755399441055744;
}
