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
            ? V.ShiftLeft(n + V.Constant(RoundingFloat + 127), 23)
            : V.ShiftLeft(n + V.Constant(RoundingDouble + 1023), 52);

    /// <summary>x·2ⁿ as two exact-enough products, so that overflow and subnormal results round once, at the last of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ScaleInTwoSteps<V, T>(V x, V n)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V half = V.Floor(n * V.Constant(0.5));
        return x * PowerOfTwo<V, T>(half) * PowerOfTwo<V, T>(n - half);
    }

    /// <summary>1.5·2²³: added to a small float, it leaves the nearest integer in the low bits.</summary>
    private const double RoundingFloat = 12582912;

    /// <summary>1.5·2⁵², the same for double.</summary>
    private const double RoundingDouble = 6755399441055744;
}
