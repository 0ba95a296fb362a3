using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProbNet.Autodiff;

/// <summary>512 bits: 16 floats or 8 doubles.</summary>
internal struct Lanes512<T>(Vector512<T> value) : ILanes<Lanes512<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Vector512<T> _v = value;

    public static int Count => Vector512<T>.Count;

    public static Lanes512<T> Zero => new(Vector512<T>.Zero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Broadcast(T value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Constant(double value) => typeof(T) == typeof(float)
        ? new(Vector512.Create((float)value).As<float, T>())
        : new(Vector512.Create(value).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Bits(long bits) => typeof(T) == typeof(float)
        ? new(Vector512.Create((int)bits).As<int, T>())
        : new(Vector512.Create(bits).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Load(ref readonly T source, nuint offset = 0) =>
        new(Vector512.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ref T destination, nuint offset = 0) => _v.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LoadBooleans(ref readonly byte source, nuint offset = 0)
    {
        if (typeof(T) == typeof(float))
        {
            Vector128<byte> bytes = Vector128.LoadUnsafe(in source, offset);
            Vector512<int> wide = Avx512F.IsSupported
                ? Avx512F.ConvertToVector512Int32(bytes)
                : Vector512.Create(
                    Vector256.Create(Lower(Vector128.WidenLower(bytes)), Upper(Vector128.WidenLower(bytes))),
                    Vector256.Create(Lower(Vector128.WidenUpper(bytes)), Upper(Vector128.WidenUpper(bytes))));
            return new((-wide).As<int, T>());
        }
        else
        {
            Vector128<byte> bytes = Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(in Unsafe.AddByteOffset(ref Unsafe.AsRef(in source), offset))).AsByte();
            Vector128<int> low = Lower(Vector128.WidenLower(bytes)), high = Upper(Vector128.WidenLower(bytes));
            Vector512<long> wide = Avx512F.IsSupported
                ? Avx512F.ConvertToVector512Int64(bytes)
                : Vector512.Create(
                    Vector256.Create(Vector128.WidenLower(low), Vector128.WidenUpper(low)),
                    Vector256.Create(Vector128.WidenLower(high), Vector128.WidenUpper(high)));
            return new((-wide).As<long, T>());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBooleans(Lanes512<T> mask, ref byte destination, nuint offset = 0)
    {
        if (typeof(T) == typeof(float))
        {
            Vector512<int> ones = mask._v.AsInt32() & Vector512.Create(1);
            Vector128<byte> bytes = Avx512F.IsSupported
                ? Avx512F.ConvertToVector128Byte(ones)
                : Vector128.Narrow(Narrow(ones.GetLower()), Narrow(ones.GetUpper()));
            bytes.StoreUnsafe(ref destination, offset);
        }
        else
        {
            Vector512<long> ones = mask._v.AsInt64() & Vector512.Create(1L);
            Vector128<byte> bytes;
            if (Avx512F.IsSupported)
            {
                bytes = Avx512F.ConvertToVector128Byte(ones);
            }
            else
            {
                Vector128<ushort> words = Narrow(Vector256.Narrow(ones.GetLower(), ones.GetUpper()));
                bytes = Vector128.Narrow(words, words);
            }

            Unsafe.WriteUnaligned(ref Unsafe.AddByteOffset(ref destination, offset), bytes.AsUInt64().ToScalar());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lanes512<T> LoadPart(T* source, int lanes)
    {
        if (Avx512F.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? new(Avx512F.MaskLoad((float*)source, FirstSingles(lanes), Vector512<float>.Zero).As<float, T>())
                : new(Avx512F.MaskLoad((double*)source, FirstDoubles(lanes), Vector512<double>.Zero).As<double, T>());
        }

        Vector512<T> v = Vector512<T>.Zero;
        for (int i = 0; i < lanes; i++)
        {
            v = v.WithElement(i, source[i]);
        }

        return new(v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly unsafe void StorePart(T* destination, int lanes)
    {
        if (Avx512F.IsSupported)
        {
            if (typeof(T) == typeof(float))
            {
                Avx512F.MaskStore((float*)destination, FirstSingles(lanes), _v.AsSingle());
            }
            else
            {
                Avx512F.MaskStore((double*)destination, FirstDoubles(lanes), _v.AsDouble());
            }

            return;
        }

        for (int i = 0; i < lanes; i++)
        {
            destination[i] = _v.GetElement(i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> FirstSingles(int lanes) =>
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(lanes)).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> FirstDoubles(int lanes) =>
        Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)lanes)).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator +(Lanes512<T> a, Lanes512<T> b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> a, Lanes512<T> b) => new(a._v - b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator *(Lanes512<T> a, Lanes512<T> b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator /(Lanes512<T> a, Lanes512<T> b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> a) => new(-a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator &(Lanes512<T> a, Lanes512<T> b) => new(a._v & b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator |(Lanes512<T> a, Lanes512<T> b) => new(a._v | b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator ^(Lanes512<T> a, Lanes512<T> b) => new(a._v ^ b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator ~(Lanes512<T> a) => new(~a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> AndNot(Lanes512<T> a, Lanes512<T> b) => new(Vector512.AndNot(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref Lanes512<T> sum, Lanes512<T> a, Lanes512<T> b)
    {
        if (typeof(T) == typeof(float))
        {
            sum._v = Vector512.FusedMultiplyAdd(a._v.AsSingle(), b._v.AsSingle(), sum._v.AsSingle()).As<float, T>();
        }
        else
        {
            sum._v = Vector512.FusedMultiplyAdd(a._v.AsDouble(), b._v.AsDouble(), sum._v.AsDouble()).As<double, T>();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyAdd(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c) => typeof(T) == typeof(float)
        ? new(Vector512.FusedMultiplyAdd(a._v.AsSingle(), b._v.AsSingle(), c._v.AsSingle()).As<float, T>())
        : new(Vector512.FusedMultiplyAdd(a._v.AsDouble(), b._v.AsDouble(), c._v.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Min(Lanes512<T> a, Lanes512<T> b) => new(Vector512.Min(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Max(Lanes512<T> a, Lanes512<T> b) => new(Vector512.Max(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MinNative(Lanes512<T> a, Lanes512<T> b) => new(Vector512.MinNative(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MaxNative(Lanes512<T> a, Lanes512<T> b) => new(Vector512.MaxNative(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Abs(Lanes512<T> a) => new(Vector512.Abs(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Sqrt(Lanes512<T> a) => new(Vector512.Sqrt(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Floor(Lanes512<T> a) => typeof(T) == typeof(float)
        ? new(Vector512.Floor(a._v.AsSingle()).As<float, T>())
        : new(Vector512.Floor(a._v.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Ceiling(Lanes512<T> a) => typeof(T) == typeof(float)
        ? new(Vector512.Ceiling(a._v.AsSingle()).As<float, T>())
        : new(Vector512.Ceiling(a._v.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Round(Lanes512<T> a) => typeof(T) == typeof(float)
        ? new(Vector512.Round(a._v.AsSingle()).As<float, T>())
        : new(Vector512.Round(a._v.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Truncate(Lanes512<T> a) => typeof(T) == typeof(float)
        ? new(Vector512.Truncate(a._v.AsSingle()).As<float, T>())
        : new(Vector512.Truncate(a._v.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> CopySign(Lanes512<T> magnitude, Lanes512<T> sign) =>
        Select(Constant(-0.0), sign, magnitude);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Equal(Lanes512<T> a, Lanes512<T> b) => new(Vector512.Equals(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Less(Lanes512<T> a, Lanes512<T> b) => new(Vector512.LessThan(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LessOrEqual(Lanes512<T> a, Lanes512<T> b) => new(Vector512.LessThanOrEqual(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Greater(Lanes512<T> a, Lanes512<T> b) => new(Vector512.GreaterThan(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> GreaterOrEqual(Lanes512<T> a, Lanes512<T> b) => new(Vector512.GreaterThanOrEqual(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> IsNaN(Lanes512<T> a) => new(~Vector512.Equals(a._v, a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Select(Lanes512<T> mask, Lanes512<T> a, Lanes512<T> b) =>
        new(Vector512.ConditionalSelect(mask._v, a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Lanes512<T> mask) => mask._v.AsByte().ExtractMostSignificantBits() != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes512<T> a) => Vector512.Sum(a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Sums(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c, Lanes512<T> d, T* sums) => Lanes256<T>.Sums(
        new(a._v.GetLower() + a._v.GetUpper()), new(b._v.GetLower() + b._v.GetUpper()),
        new(c._v.GetLower() + c._v.GetUpper()), new(d._v.GetLower() + d._v.GetUpper()), sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> AddBits(Lanes512<T> a, Lanes512<T> b) => typeof(T) == typeof(float)
        ? new((a._v.AsInt32() + b._v.AsInt32()).As<int, T>())
        : new((a._v.AsInt64() + b._v.AsInt64()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> SubtractBits(Lanes512<T> a, Lanes512<T> b) => typeof(T) == typeof(float)
        ? new((a._v.AsInt32() - b._v.AsInt32()).As<int, T>())
        : new((a._v.AsInt64() - b._v.AsInt64()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> ShiftLeft(Lanes512<T> a, int count) => typeof(T) == typeof(float)
        ? new((a._v.AsInt32() << count).As<int, T>())
        : new((a._v.AsInt64() << count).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> ShiftRight(Lanes512<T> a, int count) => typeof(T) == typeof(float)
        ? new((a._v.AsInt32() >>> count).As<int, T>())
        : new((a._v.AsInt64() >>> count).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> ScaleByPowerOfTwo(Lanes512<T> x, Lanes512<T> n)
    {
        if (Avx512F.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? new(Avx512F.Scale(x._v.AsSingle(), n._v.AsSingle()).As<float, T>())
                : new(Avx512F.Scale(x._v.AsDouble(), n._v.AsDouble()).As<double, T>());
        }

        return LanesMath.ScaleInTwoSteps<Lanes512<T>, T>(x, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Lookup(Lanes512<T> index, Vector512<float> low, Vector512<float> high) => Avx512F.IsSupported && typeof(T) == typeof(float)
        ? new(Avx512F.PermuteVar16x32x2(low, index._v.AsInt32(), high).As<float, T>())
        : LanesMath.Lookup<Lanes512<T>, T>(index, low, high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Exponent(Lanes512<T> a) => Avx512F.IsSupported && typeof(T) == typeof(float)
        ? new(Avx512F.GetExponent(a._v.AsSingle()).As<float, T>())
        : LanesMath.Exponent<Lanes512<T>, T>(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Mantissa(Lanes512<T> a) => Avx512F.IsSupported && typeof(T) == typeof(float)
        ? new(Avx512F.GetMantissa(a._v.AsSingle(), 0x0F).As<float, T>())
        : LanesMath.Mantissa<Lanes512<T>, T>(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Lower(Vector128<ushort> words) => Vector128.WidenLower(words).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Upper(Vector128<ushort> words) => Vector128.WidenUpper(words).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> Narrow(Vector256<int> wide) => Vector128.Narrow(wide.GetLower(), wide.GetUpper()).AsUInt16();
}
