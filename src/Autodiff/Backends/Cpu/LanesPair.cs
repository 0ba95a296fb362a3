using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ProbNet.Autodiff;

/// <summary>
/// Two registers side by side. The functions of this library are chains of dependent instructions, each of which takes four cycles; two chains in
/// turn keep the processor busy in the gaps.
/// </summary>
internal struct LanesPair<L, T>(L low, L high) : ILanes<LanesPair<L, T>, T>
    where L : struct, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private L _low = low;
    private L _high = high;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => L.Count * 2;
    }

    public static LanesPair<L, T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(L.Zero, L.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> Broadcast(T value)
    {
        L lanes = L.Broadcast(value);
        return new(lanes, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> Constant(double value)
    {
        L lanes = L.Constant(value);
        return new(lanes, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> Bits(long value)
    {
        L lanes = L.Bits(value);
        return new(lanes, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> Load(ref readonly T source, nuint offset = 0) =>
        new(L.Load(in source, offset), L.Load(in source, offset + (nuint)L.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ref T destination, nuint offset = 0)
    {
        _low.Store(ref destination, offset);
        _high.Store(ref destination, offset + (nuint)L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> LoadBooleans(ref readonly byte source, nuint offset = 0) =>
        new(L.LoadBooleans(in source, offset), L.LoadBooleans(in source, offset + (nuint)L.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBooleans(LanesPair<L, T> mask, ref byte destination, nuint offset = 0)
    {
        L.StoreBooleans(mask._low, ref destination, offset);
        L.StoreBooleans(mask._high, ref destination, offset + (nuint)L.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe LanesPair<L, T> LoadPart(T* source, int lanes) => lanes > L.Count
        ? new(L.Load(in *source), L.LoadPart(source + L.Count, lanes - L.Count))
        : new(L.LoadPart(source, lanes), L.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly unsafe void StorePart(T* destination, int lanes)
    {
        if (lanes > L.Count)
        {
            _low.Store(ref *destination);
            _high.StorePart(destination + L.Count, lanes - L.Count);
        }
        else
        {
            _low.StorePart(destination, lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> operator +(LanesPair<L, T> a, LanesPair<L, T> b) => new(a._low + b._low, a._high + b._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> operator -(LanesPair<L, T> a, LanesPair<L, T> b) => new(a._low - b._low, a._high - b._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> operator *(LanesPair<L, T> a, LanesPair<L, T> b) => new(a._low * b._low, a._high * b._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> operator /(LanesPair<L, T> a, LanesPair<L, T> b) => new(a._low / b._low, a._high / b._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> operator -(LanesPair<L, T> a) => new(-a._low, -a._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> operator &(LanesPair<L, T> a, LanesPair<L, T> b) => new(a._low & b._low, a._high & b._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> operator |(LanesPair<L, T> a, LanesPair<L, T> b) => new(a._low | b._low, a._high | b._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> operator ^(LanesPair<L, T> a, LanesPair<L, T> b) => new(a._low ^ b._low, a._high ^ b._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> operator ~(LanesPair<L, T> a) => new(~a._low, ~a._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> AndNot(LanesPair<L, T> a, LanesPair<L, T> b) => new(L.AndNot(a._low, b._low), L.AndNot(a._high, b._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref LanesPair<L, T> sum, LanesPair<L, T> a, LanesPair<L, T> b)
    {
        L.AddProduct(ref sum._low, a._low, b._low);
        L.AddProduct(ref sum._high, a._high, b._high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> MultiplyAdd(LanesPair<L, T> a, LanesPair<L, T> b, LanesPair<L, T> c) =>
        new(L.MultiplyAdd(a._low, b._low, c._low), L.MultiplyAdd(a._high, b._high, c._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> Min(LanesPair<L, T> a, LanesPair<L, T> b) => new(L.Min(a._low, b._low), L.Min(a._high, b._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> Max(LanesPair<L, T> a, LanesPair<L, T> b) => new(L.Max(a._low, b._low), L.Max(a._high, b._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> MinNative(LanesPair<L, T> a, LanesPair<L, T> b) => new(L.MinNative(a._low, b._low), L.MinNative(a._high, b._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> MaxNative(LanesPair<L, T> a, LanesPair<L, T> b) => new(L.MaxNative(a._low, b._low), L.MaxNative(a._high, b._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> Abs(LanesPair<L, T> a) => new(L.Abs(a._low), L.Abs(a._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> Sqrt(LanesPair<L, T> a) => new(L.Sqrt(a._low), L.Sqrt(a._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> Floor(LanesPair<L, T> a) => new(L.Floor(a._low), L.Floor(a._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> Ceiling(LanesPair<L, T> a) => new(L.Ceiling(a._low), L.Ceiling(a._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> Round(LanesPair<L, T> a) => new(L.Round(a._low), L.Round(a._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> Truncate(LanesPair<L, T> a) => new(L.Truncate(a._low), L.Truncate(a._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> CopySign(LanesPair<L, T> a, LanesPair<L, T> b) => new(L.CopySign(a._low, b._low), L.CopySign(a._high, b._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> Equal(LanesPair<L, T> a, LanesPair<L, T> b) => new(L.Equal(a._low, b._low), L.Equal(a._high, b._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> Less(LanesPair<L, T> a, LanesPair<L, T> b) => new(L.Less(a._low, b._low), L.Less(a._high, b._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> LessOrEqual(LanesPair<L, T> a, LanesPair<L, T> b) => new(L.LessOrEqual(a._low, b._low), L.LessOrEqual(a._high, b._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> Greater(LanesPair<L, T> a, LanesPair<L, T> b) => new(L.Greater(a._low, b._low), L.Greater(a._high, b._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> GreaterOrEqual(LanesPair<L, T> a, LanesPair<L, T> b) => new(L.GreaterOrEqual(a._low, b._low), L.GreaterOrEqual(a._high, b._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> IsNaN(LanesPair<L, T> a) => new(L.IsNaN(a._low), L.IsNaN(a._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> Select(LanesPair<L, T> mask, LanesPair<L, T> a, LanesPair<L, T> b) =>
        new(L.Select(mask._low, a._low, b._low), L.Select(mask._high, a._high, b._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(LanesPair<L, T> mask) => L.Any(mask._low | mask._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(LanesPair<L, T> a) => L.Sum(a._low + a._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Sums(LanesPair<L, T> a, LanesPair<L, T> b, LanesPair<L, T> c, LanesPair<L, T> d, T* sums) =>
        L.Sums(a._low + a._high, b._low + b._high, c._low + c._high, d._low + d._high, sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> AddBits(LanesPair<L, T> a, LanesPair<L, T> b) => new(L.AddBits(a._low, b._low), L.AddBits(a._high, b._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> SubtractBits(LanesPair<L, T> a, LanesPair<L, T> b) => new(L.SubtractBits(a._low, b._low), L.SubtractBits(a._high, b._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> ShiftLeft(LanesPair<L, T> a, int count) => new(L.ShiftLeft(a._low, count), L.ShiftLeft(a._high, count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> ShiftRight(LanesPair<L, T> a, int count) => new(L.ShiftRight(a._low, count), L.ShiftRight(a._high, count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> ScaleByPowerOfTwo(LanesPair<L, T> a, LanesPair<L, T> b) => new(L.ScaleByPowerOfTwo(a._low, b._low), L.ScaleByPowerOfTwo(a._high, b._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> Lookup(LanesPair<L, T> index, Vector512<float> low, Vector512<float> high) =>
        new(L.Lookup(index._low, low, high), L.Lookup(index._high, low, high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> Exponent(LanesPair<L, T> a) => new(L.Exponent(a._low), L.Exponent(a._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesPair<L, T> Mantissa(LanesPair<L, T> a) => new(L.Mantissa(a._low), L.Mantissa(a._high));
}
