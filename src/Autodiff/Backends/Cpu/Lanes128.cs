using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProbNet.Autodiff;

/// <summary>128 bits: 4 floats or 2 doubles. The narrowest; where a machine has no SIMD at all, the runtime emulates it.</summary>
internal struct Lanes128<T>(Vector128<T> value) : ILanes<Lanes128<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Vector128<T> _v = value;

    public static int Count => Vector128<T>.Count;

    public static Lanes128<T> Zero => new(Vector128<T>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Broadcast(T value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Constant(double value) => typeof(T) == typeof(float)
        ? new(Vector128.Create((float)value).As<float, T>())
        : new(Vector128.Create(value).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Bits(long bits) => typeof(T) == typeof(float)
        ? new(Vector128.Create((int)bits).As<int, T>())
        : new(Vector128.Create(bits).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Load(ref readonly T source, nuint offset = 0) =>
        new(Vector128.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ref T destination, nuint offset = 0) => _v.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LoadBooleans(ref readonly byte source, nuint offset = 0)
    {
        ref byte from = ref Unsafe.AddByteOffset(ref Unsafe.AsRef(in source), offset);
        if (typeof(T) == typeof(float))
        {
            Vector128<ushort> words = Vector128.WidenLower(Vector128.CreateScalar(Unsafe.ReadUnaligned<uint>(ref from)).AsByte());
            return new((-Vector128.WidenLower(words).AsInt32()).As<int, T>());
        }
        else
        {
            Vector128<ushort> words = Vector128.WidenLower(Vector128.CreateScalar((uint)Unsafe.ReadUnaligned<ushort>(ref from)).AsByte());
            return new((-Vector128.WidenLower(Vector128.WidenLower(words)).AsInt64()).As<long, T>());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBooleans(Lanes128<T> mask, ref byte destination, nuint offset = 0)
    {
        ref byte to = ref Unsafe.AddByteOffset(ref destination, offset);
        Vector128<int> wide = typeof(T) == typeof(float) ? mask._v.AsInt32() : Vector128.Narrow(mask._v.AsInt64(), mask._v.AsInt64());
        Vector128<short> words = Vector128.Narrow(wide, wide);
        uint flags = Vector128.Narrow(words, words).AsUInt32().ToScalar() & 0x01010101;
        if (typeof(T) == typeof(float))
        {
            Unsafe.WriteUnaligned(ref to, flags);
        }
        else
        {
            Unsafe.WriteUnaligned(ref to, (ushort)flags);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes128<T> LoadPart(T* source, int lanes)
    {
        if (Avx2.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? new(Avx.MaskLoad((float*)source, FirstSingles(lanes)).As<float, T>())
                : new(Avx.MaskLoad((double*)source, FirstDoubles(lanes)).As<double, T>());
        }

        Vector128<T> v = Vector128<T>.Zero;
        for (int i = 0; i < lanes; i++)
        {
            v = v.WithElement(i, source[i]);
        }

        return new(v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly unsafe void StorePart(T* destination, int lanes)
    {
        if (Avx2.IsSupported)
        {
            if (typeof(T) == typeof(float))
            {
                Avx.MaskStore((float*)destination, FirstSingles(lanes), _v.AsSingle());
            }
            else
            {
                Avx.MaskStore((double*)destination, FirstDoubles(lanes), _v.AsDouble());
            }

            return;
        }

        for (int i = 0; i < lanes; i++)
        {
            destination[i] = _v.GetElement(i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> FirstSingles(int lanes) =>
        Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(lanes)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> FirstDoubles(int lanes) =>
        Vector128.LessThan(Vector128<long>.Indices, Vector128.Create((long)lanes)).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator +(Lanes128<T> a, Lanes128<T> b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> a, Lanes128<T> b) => new(a._v - b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator *(Lanes128<T> a, Lanes128<T> b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator /(Lanes128<T> a, Lanes128<T> b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> a) => new(-a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator &(Lanes128<T> a, Lanes128<T> b) => new(a._v & b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator |(Lanes128<T> a, Lanes128<T> b) => new(a._v | b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator ^(Lanes128<T> a, Lanes128<T> b) => new(a._v ^ b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator ~(Lanes128<T> a) => new(~a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> AndNot(Lanes128<T> a, Lanes128<T> b) => new(Vector128.AndNot(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Lanes128<T> sum, Lanes128<T> a, Lanes128<T> b)
    {
        if (typeof(T) == typeof(float))
        {
            sum._v = Vector128.FusedMultiplyAdd(a._v.AsSingle(), b._v.AsSingle(), sum._v.AsSingle()).As<float, T>();
        }
        else
        {
            sum._v = Vector128.FusedMultiplyAdd(a._v.AsDouble(), b._v.AsDouble(), sum._v.AsDouble()).As<double, T>();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyAdd(Lanes128<T> a, Lanes128<T> b, Lanes128<T> c) => typeof(T) == typeof(float)
        ? new(Vector128.FusedMultiplyAdd(a._v.AsSingle(), b._v.AsSingle(), c._v.AsSingle()).As<float, T>())
        : new(Vector128.FusedMultiplyAdd(a._v.AsDouble(), b._v.AsDouble(), c._v.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Min(Lanes128<T> a, Lanes128<T> b) => new(Vector128.Min(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Max(Lanes128<T> a, Lanes128<T> b) => new(Vector128.Max(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MinNative(Lanes128<T> a, Lanes128<T> b) => new(Vector128.MinNative(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MaxNative(Lanes128<T> a, Lanes128<T> b) => new(Vector128.MaxNative(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Abs(Lanes128<T> a) => new(Vector128.Abs(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Sqrt(Lanes128<T> a) => new(Vector128.Sqrt(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Floor(Lanes128<T> a) => typeof(T) == typeof(float)
        ? new(Vector128.Floor(a._v.AsSingle()).As<float, T>())
        : new(Vector128.Floor(a._v.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Ceiling(Lanes128<T> a) => typeof(T) == typeof(float)
        ? new(Vector128.Ceiling(a._v.AsSingle()).As<float, T>())
        : new(Vector128.Ceiling(a._v.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Round(Lanes128<T> a) => typeof(T) == typeof(float)
        ? new(Vector128.Round(a._v.AsSingle()).As<float, T>())
        : new(Vector128.Round(a._v.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Truncate(Lanes128<T> a) => typeof(T) == typeof(float)
        ? new(Vector128.Truncate(a._v.AsSingle()).As<float, T>())
        : new(Vector128.Truncate(a._v.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> CopySign(Lanes128<T> magnitude, Lanes128<T> sign) =>
        new(Vector128.CopySign(magnitude._v, sign._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Equal(Lanes128<T> a, Lanes128<T> b) => new(Vector128.Equals(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Less(Lanes128<T> a, Lanes128<T> b) => new(Vector128.LessThan(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LessOrEqual(Lanes128<T> a, Lanes128<T> b) => new(Vector128.LessThanOrEqual(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Greater(Lanes128<T> a, Lanes128<T> b) => new(Vector128.GreaterThan(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> GreaterOrEqual(Lanes128<T> a, Lanes128<T> b) => new(Vector128.GreaterThanOrEqual(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> IsNaN(Lanes128<T> a) => new(~Vector128.Equals(a._v, a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Select(Lanes128<T> mask, Lanes128<T> a, Lanes128<T> b) =>
        new(Vector128.ConditionalSelect(mask._v, a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Lanes128<T> mask) => mask._v.AsByte().ExtractMostSignificantBits() != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes128<T> a) => Vector128.Sum(a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Sums(Lanes128<T> a, Lanes128<T> b, Lanes128<T> c, Lanes128<T> d, T* sums)
    {
        if (typeof(T) == typeof(float) && Sse.IsSupported)
        {
            Vector128<float> ab = Sse.UnpackLow(a._v.AsSingle(), b._v.AsSingle()) + Sse.UnpackHigh(a._v.AsSingle(), b._v.AsSingle());
            Vector128<float> cd = Sse.UnpackLow(c._v.AsSingle(), d._v.AsSingle()) + Sse.UnpackHigh(c._v.AsSingle(), d._v.AsSingle());
            (Sse.MoveLowToHigh(ab, cd) + Sse.MoveHighToLow(cd, ab)).Store((float*)sums);
        }
        else
        {
            sums[0] = Sum(a);
            sums[1] = Sum(b);
            sums[2] = Sum(c);
            sums[3] = Sum(d);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> AddBits(Lanes128<T> a, Lanes128<T> b) => typeof(T) == typeof(float)
        ? new((a._v.AsInt32() + b._v.AsInt32()).As<int, T>())
        : new((a._v.AsInt64() + b._v.AsInt64()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> SubtractBits(Lanes128<T> a, Lanes128<T> b) => typeof(T) == typeof(float)
        ? new((a._v.AsInt32() - b._v.AsInt32()).As<int, T>())
        : new((a._v.AsInt64() - b._v.AsInt64()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> ShiftLeft(Lanes128<T> a, int count) => typeof(T) == typeof(float)
        ? new((a._v.AsInt32() << count).As<int, T>())
        : new((a._v.AsInt64() << count).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> ShiftRight(Lanes128<T> a, int count) => typeof(T) == typeof(float)
        ? new((a._v.AsInt32() >>> count).As<int, T>())
        : new((a._v.AsInt64() >>> count).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> ScaleByPowerOfTwo(Lanes128<T> x, Lanes128<T> n)
    {
        if (Avx512F.VL.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? new(Avx512F.VL.Scale(x._v.AsSingle(), n._v.AsSingle()).As<float, T>())
                : new(Avx512F.VL.Scale(x._v.AsDouble(), n._v.AsDouble()).As<double, T>());
        }

        return LanesMath.ScaleInTwoSteps<Lanes128<T>, T>(x, n);
    }

    public static Lanes128<T> Lookup(Lanes128<T> index, Vector512<float> low, Vector512<float> high) => LanesMath.Lookup<Lanes128<T>, T>(index, low, high);

    public static Lanes128<T> Exponent(Lanes128<T> a) => LanesMath.Exponent<Lanes128<T>, T>(a);

    public static Lanes128<T> Mantissa(Lanes128<T> a) => LanesMath.Mantissa<Lanes128<T>, T>(a);
}
