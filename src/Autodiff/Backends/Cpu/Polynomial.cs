using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// Polynomials by Horner's rule, coefficients from the lowest power up. They are written out for each length because the JIT folds constant
/// arguments into memory operands, but not the elements of an array. Long polynomials are called twice, for the even and the odd powers,
/// which halves the chain of dependent operations.
/// </summary>
internal static class Polynomial
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Horner<V, T>(V x, double c0, double c1, double c2)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V y = V.MultiplyAdd(x, V.Constant(c2), V.Constant(c1));
        return V.MultiplyAdd(x, y, V.Constant(c0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Horner<V, T>(V x, double c0, double c1, double c2, double c3)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V y = V.MultiplyAdd(x, V.Constant(c3), V.Constant(c2));
        y = V.MultiplyAdd(x, y, V.Constant(c1));
        return V.MultiplyAdd(x, y, V.Constant(c0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Horner<V, T>(V x, double c0, double c1, double c2, double c3, double c4)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V y = V.MultiplyAdd(x, V.Constant(c4), V.Constant(c3));
        y = V.MultiplyAdd(x, y, V.Constant(c2));
        y = V.MultiplyAdd(x, y, V.Constant(c1));
        return V.MultiplyAdd(x, y, V.Constant(c0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Horner<V, T>(V x, double c0, double c1, double c2, double c3, double c4, double c5)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V y = V.MultiplyAdd(x, V.Constant(c5), V.Constant(c4));
        y = V.MultiplyAdd(x, y, V.Constant(c3));
        y = V.MultiplyAdd(x, y, V.Constant(c2));
        y = V.MultiplyAdd(x, y, V.Constant(c1));
        return V.MultiplyAdd(x, y, V.Constant(c0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Horner<V, T>(V x, double c0, double c1, double c2, double c3, double c4, double c5, double c6)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V y = V.MultiplyAdd(x, V.Constant(c6), V.Constant(c5));
        y = V.MultiplyAdd(x, y, V.Constant(c4));
        y = V.MultiplyAdd(x, y, V.Constant(c3));
        y = V.MultiplyAdd(x, y, V.Constant(c2));
        y = V.MultiplyAdd(x, y, V.Constant(c1));
        return V.MultiplyAdd(x, y, V.Constant(c0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Horner<V, T>(V x, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V y = V.MultiplyAdd(x, V.Constant(c7), V.Constant(c6));
        y = V.MultiplyAdd(x, y, V.Constant(c5));
        y = V.MultiplyAdd(x, y, V.Constant(c4));
        y = V.MultiplyAdd(x, y, V.Constant(c3));
        y = V.MultiplyAdd(x, y, V.Constant(c2));
        y = V.MultiplyAdd(x, y, V.Constant(c1));
        return V.MultiplyAdd(x, y, V.Constant(c0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Horner<V, T>(
        V x, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7,
        double c8)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V y = V.MultiplyAdd(x, V.Constant(c8), V.Constant(c7));
        y = V.MultiplyAdd(x, y, V.Constant(c6));
        y = V.MultiplyAdd(x, y, V.Constant(c5));
        y = V.MultiplyAdd(x, y, V.Constant(c4));
        y = V.MultiplyAdd(x, y, V.Constant(c3));
        y = V.MultiplyAdd(x, y, V.Constant(c2));
        y = V.MultiplyAdd(x, y, V.Constant(c1));
        return V.MultiplyAdd(x, y, V.Constant(c0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Horner<V, T>(
        V x, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7,
        double c8, double c9)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V y = V.MultiplyAdd(x, V.Constant(c9), V.Constant(c8));
        y = V.MultiplyAdd(x, y, V.Constant(c7));
        y = V.MultiplyAdd(x, y, V.Constant(c6));
        y = V.MultiplyAdd(x, y, V.Constant(c5));
        y = V.MultiplyAdd(x, y, V.Constant(c4));
        y = V.MultiplyAdd(x, y, V.Constant(c3));
        y = V.MultiplyAdd(x, y, V.Constant(c2));
        y = V.MultiplyAdd(x, y, V.Constant(c1));
        return V.MultiplyAdd(x, y, V.Constant(c0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Horner<V, T>(
        V x, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7,
        double c8, double c9, double c10)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V y = V.MultiplyAdd(x, V.Constant(c10), V.Constant(c9));
        y = V.MultiplyAdd(x, y, V.Constant(c8));
        y = V.MultiplyAdd(x, y, V.Constant(c7));
        y = V.MultiplyAdd(x, y, V.Constant(c6));
        y = V.MultiplyAdd(x, y, V.Constant(c5));
        y = V.MultiplyAdd(x, y, V.Constant(c4));
        y = V.MultiplyAdd(x, y, V.Constant(c3));
        y = V.MultiplyAdd(x, y, V.Constant(c2));
        y = V.MultiplyAdd(x, y, V.Constant(c1));
        return V.MultiplyAdd(x, y, V.Constant(c0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Horner<V, T>(
        V x, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7,
        double c8, double c9, double c10, double c11)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V y = V.MultiplyAdd(x, V.Constant(c11), V.Constant(c10));
        y = V.MultiplyAdd(x, y, V.Constant(c9));
        y = V.MultiplyAdd(x, y, V.Constant(c8));
        y = V.MultiplyAdd(x, y, V.Constant(c7));
        y = V.MultiplyAdd(x, y, V.Constant(c6));
        y = V.MultiplyAdd(x, y, V.Constant(c5));
        y = V.MultiplyAdd(x, y, V.Constant(c4));
        y = V.MultiplyAdd(x, y, V.Constant(c3));
        y = V.MultiplyAdd(x, y, V.Constant(c2));
        y = V.MultiplyAdd(x, y, V.Constant(c1));
        return V.MultiplyAdd(x, y, V.Constant(c0));
    }
}
