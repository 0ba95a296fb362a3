using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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

    /// <summary><see cref="ILanes{TSelf,T}.Lookup"/> lane by lane.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Lookup<V, T>(V index, Vector512<float> low, Vector512<float> high)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < V.Count; i++)
        {
            ref T lane = ref Lane<V, T>(ref index, i);
            int entry = Unsafe.As<T, byte>(ref lane) & 31;
            lane = T.CreateTruncating(entry < 16 ? low[entry] : high[entry - 16]);
        }

        return index;
    }

    /// <summary><see cref="ILanes{TSelf,T}.Exponent"/> lane by lane.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Exponent<V, T>(V a)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < V.Count; i++)
        {
            ref T lane = ref Lane<V, T>(ref a, i);
            lane = T.IsFinite(lane) && lane != T.Zero ? T.CreateTruncating(T.ILogB(lane)) : T.Log(T.Abs(lane));
        }

        return a;
    }

    /// <summary><see cref="ILanes{TSelf,T}.Mantissa"/> lane by lane.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Mantissa<V, T>(V a)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < V.Count; i++)
        {
            ref T lane = ref Lane<V, T>(ref a, i);
            if (T.IsNaN(lane) || lane < T.Zero)
            {
                lane = T.NaN;
            }
            else if (lane == T.Zero || T.IsInfinity(lane))
            {
                lane = T.One;
            }
            else
            {
                lane = T.ScaleB(lane, -T.ILogB(lane));
                lane = lane < T.CreateChecked(1.5) ? lane : T.ScaleB(lane, -1);
            }
        }

        return a;
    }

    private static ref T Lane<V, T>(ref V lanes, int index) => ref Unsafe.Add(ref Unsafe.As<V, T>(ref lanes), index);
}
