using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>An associative operation that folds the elements of an axis, written once for every SIMD width.</summary>
internal interface IReduction
{
    /// <summary>What an empty axis gives, and where a total starts.</summary>
    static abstract double Identity { get; }

    /// <summary>An element that changes no total: it fills registers up.</summary>
    static abstract double Padding { get; }

    /// <summary>Whether four totals side by side hide the latency of one: not where an element costs more than that.</summary>
    static abstract bool IsLight { get; }

    /// <summary>Whether the shift of a row is its centre: it stands in the place of the result before, and pads the row. Rows only.</summary>
    static virtual bool IsCentred => false;

    /// <summary>Folds elements into a total; the shift is the row's own, and most operations ignore it.</summary>
    static abstract V Accumulate<V, T>(V total, V x, V shift)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Joins two totals.</summary>
    static abstract V Combine<V, T>(V a, V b)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>Σ x.</summary>
internal readonly struct SumReduction : IReduction
{
    public static double Identity => 0;

    public static double Padding => 0;

    public static bool IsLight => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Accumulate<V, T>(V total, V x, V shift)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => total + x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<V, T>(V a, V b)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a + b;
}

/// <summary>Σ x².</summary>
internal readonly struct SumSquaresReduction : IReduction
{
    public static double Identity => 0;

    public static double Padding => 0;

    public static bool IsLight => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Accumulate<V, T>(V total, V x, V shift)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.MultiplyAdd(x, x, total);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<V, T>(V a, V b)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a + b;
}

/// <summary>Σ exp(x − shift), for a shift that is not below any x, or 0; −∞ pads it.</summary>
internal readonly struct SumExpReduction : IReduction
{
    public static double Identity => 0;

    public static double Padding => double.NegativeInfinity;

    public static bool IsLight => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Accumulate<V, T>(V total, V x, V shift)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => total + VectorMath.Exp<V, T>(x - shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<V, T>(V a, V b)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a + b;
}

/// <summary>max x; NaN if one is among them.</summary>
internal readonly struct MaxReduction : IReduction
{
    public static double Identity => double.NegativeInfinity;

    public static double Padding => double.NegativeInfinity;

    public static bool IsLight => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Accumulate<V, T>(V total, V x, V shift)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Max(total, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<V, T>(V a, V b)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Max(a, b);
}

/// <summary>min x; NaN if one is among them.</summary>
internal readonly struct MinReduction : IReduction
{
    public static double Identity => double.PositiveInfinity;

    public static double Padding => double.PositiveInfinity;

    public static bool IsLight => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Accumulate<V, T>(V total, V x, V shift)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Min(total, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<V, T>(V a, V b)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Min(a, b);
}

/// <summary>Σ |x|.</summary>
internal readonly struct SumMagnitudesReduction : IReduction
{
    public static double Identity => 0;

    public static double Padding => 0;

    public static bool IsLight => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Accumulate<V, T>(V total, V x, V shift)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => total + V.Abs(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<V, T>(V a, V b)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a + b;
}

/// <summary>Σ (x − shift)².</summary>
internal readonly struct SumSquaredDeviationsReduction : IReduction
{
    public static double Identity => 0;

    public static double Padding => 0;

    public static bool IsLight => true;

    public static bool IsCentred => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Accumulate<V, T>(V total, V x, V shift)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.MultiplyAdd(x - shift, x - shift, total);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Combine<V, T>(V a, V b)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a + b;
}
