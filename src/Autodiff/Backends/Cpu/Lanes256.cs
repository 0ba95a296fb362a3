using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProbNet.Autodiff;

/// <summary>256 bits: 8 floats or 4 doubles.</summary>
internal struct Lanes256<T>(Vector256<T> value) : ILanes<Lanes256<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Vector256<T> _v = value;

    public static int Count => Vector256<T>.Count;

    public static Lanes256<T> Zero => new(Vector256<T>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Broadcast(T value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Constant(double value) => typeof(T) == typeof(float)
        ? new(Vector256.Create((float)value).As<float, T>())
        : new(Vector256.Create(value).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Bits(long bits) => typeof(T) == typeof(float)
        ? new(Vector256.Create((int)bits).As<int, T>())
        : new(Vector256.Create(bits).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Load(ref readonly T source, nuint offset = 0) =>
        new(Vector256.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ref T destination, nuint offset = 0) => _v.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LoadBooleans(ref readonly byte source, nuint offset = 0)
    {
        ref byte from = ref Unsafe.AddByteOffset(ref Unsafe.AsRef(in source), offset);
        if (typeof(T) == typeof(float))
        {
            Vector128<ushort> words = Vector128.WidenLower(Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref from)).AsByte());
            return new((-Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words)).AsInt32()).As<int, T>());
        }
        else
        {
            Vector128<ushort> words = Vector128.WidenLower(Vector128.CreateScalar(Unsafe.ReadUnaligned<uint>(ref from)).AsByte());
            Vector128<uint> wide = Vector128.WidenLower(words);
            return new((-Vector256.Create(Vector128.WidenLower(wide), Vector128.WidenUpper(wide)).AsInt64()).As<long, T>());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBooleans(Lanes256<T> mask, ref byte destination, nuint offset = 0)
    {
        ref byte to = ref Unsafe.AddByteOffset(ref destination, offset);
        if (typeof(T) == typeof(float))
        {
            Vector128<short> words = Vector128.Narrow(mask._v.GetLower().AsInt32(), mask._v.GetUpper().AsInt32());
            Unsafe.WriteUnaligned(ref to, Vector128.Narrow(words, words).AsUInt64().ToScalar() & 0x0101010101010101);
        }
        else
        {
            Vector128<int> wide = Vector128.Narrow(mask._v.GetLower().AsInt64(), mask._v.GetUpper().AsInt64());
            Vector128<short> words = Vector128.Narrow(wide, wide);
            Unsafe.WriteUnaligned(ref to, Vector128.Narrow(words, words).AsUInt32().ToScalar() & 0x01010101);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes256<T> LoadPart(T* source, int lanes)
    {
        if (Avx2.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? new(Avx.MaskLoad((float*)source, FirstSingles(lanes)).As<float, T>())
                : new(Avx.MaskLoad((double*)source, FirstDoubles(lanes)).As<double, T>());
        }

        Vector256<T> v = Vector256<T>.Zero;
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
    private static Vector256<float> FirstSingles(int lanes) =>
        Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(lanes)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> FirstDoubles(int lanes) =>
        Vector256.LessThan(Vector256<long>.Indices, Vector256.Create((long)lanes)).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator +(Lanes256<T> a, Lanes256<T> b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> a, Lanes256<T> b) => new(a._v - b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator *(Lanes256<T> a, Lanes256<T> b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator /(Lanes256<T> a, Lanes256<T> b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> a) => new(-a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator &(Lanes256<T> a, Lanes256<T> b) => new(a._v & b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator |(Lanes256<T> a, Lanes256<T> b) => new(a._v | b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator ^(Lanes256<T> a, Lanes256<T> b) => new(a._v ^ b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator ~(Lanes256<T> a) => new(~a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> AndNot(Lanes256<T> a, Lanes256<T> b) => new(Vector256.AndNot(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Lanes256<T> sum, Lanes256<T> a, Lanes256<T> b)
    {
        if (typeof(T) == typeof(float))
        {
            sum._v = Vector256.FusedMultiplyAdd(a._v.AsSingle(), b._v.AsSingle(), sum._v.AsSingle()).As<float, T>();
        }
        else
        {
            sum._v = Vector256.FusedMultiplyAdd(a._v.AsDouble(), b._v.AsDouble(), sum._v.AsDouble()).As<double, T>();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyAdd(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c) => typeof(T) == typeof(float)
        ? new(Vector256.FusedMultiplyAdd(a._v.AsSingle(), b._v.AsSingle(), c._v.AsSingle()).As<float, T>())
        : new(Vector256.FusedMultiplyAdd(a._v.AsDouble(), b._v.AsDouble(), c._v.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Min(Lanes256<T> a, Lanes256<T> b) => new(Vector256.Min(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Max(Lanes256<T> a, Lanes256<T> b) => new(Vector256.Max(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MinNative(Lanes256<T> a, Lanes256<T> b) => new(Vector256.MinNative(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MaxNative(Lanes256<T> a, Lanes256<T> b) => new(Vector256.MaxNative(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Abs(Lanes256<T> a) => new(Vector256.Abs(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Sqrt(Lanes256<T> a) => new(Vector256.Sqrt(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Floor(Lanes256<T> a) => typeof(T) == typeof(float)
        ? new(Vector256.Floor(a._v.AsSingle()).As<float, T>())
        : new(Vector256.Floor(a._v.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Ceiling(Lanes256<T> a) => typeof(T) == typeof(float)
        ? new(Vector256.Ceiling(a._v.AsSingle()).As<float, T>())
        : new(Vector256.Ceiling(a._v.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Round(Lanes256<T> a) => typeof(T) == typeof(float)
        ? new(Vector256.Round(a._v.AsSingle()).As<float, T>())
        : new(Vector256.Round(a._v.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Truncate(Lanes256<T> a) => typeof(T) == typeof(float)
        ? new(Vector256.Truncate(a._v.AsSingle()).As<float, T>())
        : new(Vector256.Truncate(a._v.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> CopySign(Lanes256<T> magnitude, Lanes256<T> sign) =>
        new(Vector256.CopySign(magnitude._v, sign._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Equal(Lanes256<T> a, Lanes256<T> b) => new(Vector256.Equals(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Less(Lanes256<T> a, Lanes256<T> b) => new(Vector256.LessThan(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LessOrEqual(Lanes256<T> a, Lanes256<T> b) => new(Vector256.LessThanOrEqual(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Greater(Lanes256<T> a, Lanes256<T> b) => new(Vector256.GreaterThan(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> GreaterOrEqual(Lanes256<T> a, Lanes256<T> b) => new(Vector256.GreaterThanOrEqual(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> IsNaN(Lanes256<T> a) => new(~Vector256.Equals(a._v, a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Select(Lanes256<T> mask, Lanes256<T> a, Lanes256<T> b) =>
        new(Vector256.ConditionalSelect(mask._v, a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Lanes256<T> mask) => mask._v.AsByte().ExtractMostSignificantBits() != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes256<T> a) => Vector256.Sum(a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Sums(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c, Lanes256<T> d, T* sums) => Lanes128<T>.Sums(
        new(a._v.GetLower() + a._v.GetUpper()), new(b._v.GetLower() + b._v.GetUpper()),
        new(c._v.GetLower() + c._v.GetUpper()), new(d._v.GetLower() + d._v.GetUpper()), sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> AddBits(Lanes256<T> a, Lanes256<T> b) => typeof(T) == typeof(float)
        ? new((a._v.AsInt32() + b._v.AsInt32()).As<int, T>())
        : new((a._v.AsInt64() + b._v.AsInt64()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> SubtractBits(Lanes256<T> a, Lanes256<T> b) => typeof(T) == typeof(float)
        ? new((a._v.AsInt32() - b._v.AsInt32()).As<int, T>())
        : new((a._v.AsInt64() - b._v.AsInt64()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> ShiftLeft(Lanes256<T> a, int count) => typeof(T) == typeof(float)
        ? new((a._v.AsInt32() << count).As<int, T>())
        : new((a._v.AsInt64() << count).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> ShiftRight(Lanes256<T> a, int count) => typeof(T) == typeof(float)
        ? new((a._v.AsInt32() >>> count).As<int, T>())
        : new((a._v.AsInt64() >>> count).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> ScaleByPowerOfTwo(Lanes256<T> x, Lanes256<T> n)
    {
        if (Avx512F.VL.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? new(Avx512F.VL.Scale(x._v.AsSingle(), n._v.AsSingle()).As<float, T>())
                : new(Avx512F.VL.Scale(x._v.AsDouble(), n._v.AsDouble()).As<double, T>());
        }

        return LanesMath.ScaleInTwoSteps<Lanes256<T>, T>(x, n);
    }

    public static Lanes256<T> Lookup(Lanes256<T> index, Vector512<float> low, Vector512<float> high) => LanesMath.Lookup<Lanes256<T>, T>(index, low, high);

    public static Lanes256<T> Exponent(Lanes256<T> a) => LanesMath.Exponent<Lanes256<T>, T>(a);

    public static Lanes256<T> Mantissa(Lanes256<T> a) => LanesMath.Mantissa<Lanes256<T>, T>(a);
}
