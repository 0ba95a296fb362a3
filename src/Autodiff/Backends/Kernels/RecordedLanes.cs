using System.Numerics;
using System.Runtime.Intrinsics;

namespace ProbNet.Autodiff;

/// <summary>
/// A lane whose operations are written down instead of done: the number of an instruction of <see cref="ProgramBuilder.Current"/>. What a kernel computes on
/// SIMD registers becomes a program this way. A mask is an instruction of type Bool, and what came of integer operations on bits one of an integer type; each is turned into
/// another only where that is asked for.
/// </summary>
internal readonly struct RecordedLanes<T>(int instruction) : ILanes<RecordedLanes<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _instruction = instruction;

    public static int Count => 1;

    public static RecordedLanes<T> Zero => Constant(0);

    /// <summary>The type of numbers.</summary>
    private static DType Type => DTypeExtensions.Of<T>();

    /// <summary>The integers of the same size.</summary>
    private static DType BitsType => typeof(T) == typeof(float) ? DType.Int32 : DType.Int64;

    private static ProgramBuilder Builder => ProgramBuilder.Current;

    private bool IsMask => Builder.TypeOf(_instruction) == DType.Bool;

    /// <summary>The instruction of the number.</summary>
    public int Number => IsMask ? Builder.Reinterpret(Integer, Type) : Builder.Reinterpret(_instruction, Type);

    /// <summary>The instruction of the mask.</summary>
    public int Mask => IsMask
        ? _instruction
        : throw new NotSupportedException("Recorded lanes: a number is used as a mask; compare it first.");

    /// <summary>The instruction of the bits, as an integer: all or none of a mask.</summary>
    private int Integer => IsMask
        ? Builder.Select(_instruction, Builder.Constant(BitsType, -1), Builder.Constant(BitsType, 0))
        : Builder.Reinterpret(_instruction, BitsType);

    public static RecordedLanes<T> Broadcast(T value) => Constant(double.CreateTruncating(value));

    public static RecordedLanes<T> Constant(double value) => new(Builder.Constant(value, Type));

    public static RecordedLanes<T> Argument(int index, double value) => new(Builder.Number(index, Type));

    public static RecordedLanes<T> Bits(long bits) => new(Builder.Constant(BitsType, bits));

    public static RecordedLanes<T> Load(ref readonly T source, nuint offset = 0) => throw NoMemory();

    public void Store(ref T destination, nuint offset = 0) => throw NoMemory();

    public static RecordedLanes<T> LoadBooleans(ref readonly byte source, nuint offset = 0) => throw NoMemory();

    public static void StoreBooleans(RecordedLanes<T> mask, ref byte destination, nuint offset = 0) => throw NoMemory();

    public static unsafe RecordedLanes<T> LoadPart(T* source, int lanes) => throw NoMemory();

    public unsafe void StorePart(T* destination, int lanes) => throw NoMemory();

    public static RecordedLanes<T> operator +(RecordedLanes<T> a, RecordedLanes<T> b) => OfNumbers(KernelOp.Add, a, b);

    public static RecordedLanes<T> operator -(RecordedLanes<T> a, RecordedLanes<T> b) => OfNumbers(KernelOp.Subtract, a, b);

    public static RecordedLanes<T> operator *(RecordedLanes<T> a, RecordedLanes<T> b) => OfNumbers(KernelOp.Multiply, a, b);

    public static RecordedLanes<T> operator /(RecordedLanes<T> a, RecordedLanes<T> b) => OfNumbers(KernelOp.Divide, a, b);

    public static RecordedLanes<T> operator -(RecordedLanes<T> a) => OfNumber(KernelOp.Negate, a);

    public static RecordedLanes<T> operator &(RecordedLanes<T> a, RecordedLanes<T> b) =>
        a.IsMask == b.IsMask ? OfBits(KernelOp.And, a, b)
        : a.IsMask ? Where(a, b)
        : Where(b, a);

    public static RecordedLanes<T> operator |(RecordedLanes<T> a, RecordedLanes<T> b) => OfBits(KernelOp.Or, a, b);

    public static RecordedLanes<T> operator ^(RecordedLanes<T> a, RecordedLanes<T> b) => OfBits(KernelOp.Xor, a, b);

    public static RecordedLanes<T> operator ~(RecordedLanes<T> a) => new(Builder.Emit(KernelOp.Not, a.IsMask ? a.Mask : a.Integer));

    public static RecordedLanes<T> AndNot(RecordedLanes<T> a, RecordedLanes<T> b) => a & ~b;

    public static RecordedLanes<T> MultiplyAdd(RecordedLanes<T> a, RecordedLanes<T> b, RecordedLanes<T> c) =>
        new(Builder.Emit(KernelOp.MultiplyAdd, Type, a.Number, b.Number, c.Number));

    public static void AddProduct(ref RecordedLanes<T> sum, RecordedLanes<T> a, RecordedLanes<T> b) => sum = MultiplyAdd(a, b, sum);

    public static RecordedLanes<T> Min(RecordedLanes<T> a, RecordedLanes<T> b) => OfNumbers(KernelOp.Min, a, b);

    public static RecordedLanes<T> Max(RecordedLanes<T> a, RecordedLanes<T> b) => OfNumbers(KernelOp.Max, a, b);

    // As on x86: the second operand comes back where either is NaN, and where both are zeros. Functions rely on it for a NaN that is the second.
    public static RecordedLanes<T> MinNative(RecordedLanes<T> a, RecordedLanes<T> b) => Select(Less(a, b), a, b);

    public static RecordedLanes<T> MaxNative(RecordedLanes<T> a, RecordedLanes<T> b) => Select(Less(b, a), a, b);

    public static RecordedLanes<T> Abs(RecordedLanes<T> a) => OfNumber(KernelOp.Abs, a);

    public static RecordedLanes<T> Sqrt(RecordedLanes<T> a) => OfNumber(KernelOp.Sqrt, a);

    public static RecordedLanes<T> Floor(RecordedLanes<T> a) => OfNumber(KernelOp.Floor, a);

    public static RecordedLanes<T> Ceiling(RecordedLanes<T> a) => OfNumber(KernelOp.Ceiling, a);

    public static RecordedLanes<T> Round(RecordedLanes<T> a) => OfNumber(KernelOp.Round, a);

    public static RecordedLanes<T> Truncate(RecordedLanes<T> a) => OfNumber(KernelOp.Truncate, a);

    public static RecordedLanes<T> CopySign(RecordedLanes<T> magnitude, RecordedLanes<T> sign) => OfNumbers(KernelOp.CopySign, magnitude, sign);

    public static RecordedLanes<T> Equal(RecordedLanes<T> a, RecordedLanes<T> b) => Compare(KernelOp.Equal, a, b);

    public static RecordedLanes<T> Less(RecordedLanes<T> a, RecordedLanes<T> b) => Compare(KernelOp.Less, a, b);

    public static RecordedLanes<T> LessOrEqual(RecordedLanes<T> a, RecordedLanes<T> b) => Compare(KernelOp.LessOrEqual, a, b);

    public static RecordedLanes<T> Greater(RecordedLanes<T> a, RecordedLanes<T> b) => Less(b, a);

    public static RecordedLanes<T> GreaterOrEqual(RecordedLanes<T> a, RecordedLanes<T> b) => LessOrEqual(b, a);

    public static RecordedLanes<T> IsNaN(RecordedLanes<T> a) => new(Builder.Ask(KernelOp.IsNaN, a.Number));

    public static RecordedLanes<T> Select(RecordedLanes<T> mask, RecordedLanes<T> a, RecordedLanes<T> b) => a.IsMask && b.IsMask
        ? new(Builder.Select(mask.Mask, a.Mask, b.Mask))
        : new(Builder.Select(mask.Mask, a.Number, b.Number));

    /// <summary>A program has no branches: both sides of a test whether any lane needs a longer way are recorded.</summary>
    public static bool Any(RecordedLanes<T> mask) => true;

    public static T Sum(RecordedLanes<T> a) => throw NoMemory();

    public static unsafe void Sums(RecordedLanes<T> a, RecordedLanes<T> b, RecordedLanes<T> c, RecordedLanes<T> d, T* sums) => throw NoMemory();

    public static RecordedLanes<T> AddBits(RecordedLanes<T> a, RecordedLanes<T> b) => OfBits(KernelOp.Add, a, b);

    public static RecordedLanes<T> SubtractBits(RecordedLanes<T> a, RecordedLanes<T> b) => OfBits(KernelOp.Subtract, a, b);

    public static RecordedLanes<T> ShiftLeft(RecordedLanes<T> a, int count) => Shift(KernelOp.ShiftLeft, a, count);

    public static RecordedLanes<T> ShiftRight(RecordedLanes<T> a, int count) => Shift(KernelOp.ShiftRight, a, count);

    public static RecordedLanes<T> ScaleByPowerOfTwo(RecordedLanes<T> x, RecordedLanes<T> n) => OfNumbers(KernelOp.ScaleByPowerOfTwo, x, n);

    public static RecordedLanes<T> Lookup(RecordedLanes<T> index, Vector512<float> low, Vector512<float> high) => throw NoTables();

    public static RecordedLanes<T> Exponent(RecordedLanes<T> a) => throw NoTables();

    public static RecordedLanes<T> Mantissa(RecordedLanes<T> a) => throw NoTables();

    /// <summary>An operation on one number.</summary>
    public static RecordedLanes<T> OfNumber(KernelOp op, RecordedLanes<T> a) => new(Builder.Emit(op, a.Number));

    private static RecordedLanes<T> OfNumbers(KernelOp op, RecordedLanes<T> a, RecordedLanes<T> b) => new(Builder.Emit(op, a.Number, b.Number));

    private static RecordedLanes<T> OfBits(KernelOp op, RecordedLanes<T> a, RecordedLanes<T> b) =>
        a.IsMask && b.IsMask && op is (KernelOp.And or KernelOp.Or or KernelOp.Xor)
            ? new(Builder.Emit(op, a.Mask, b.Mask))
            : new(Builder.Emit(op, a.Integer, b.Integer));

    private static RecordedLanes<T> Compare(KernelOp op, RecordedLanes<T> a, RecordedLanes<T> b) => new(Builder.Ask(op, a.Number, b.Number));

    private static RecordedLanes<T> Shift(KernelOp op, RecordedLanes<T> a, int count) => new(Builder.Emit(op, BitsType, a.Integer, bits: count));

    private static RecordedLanes<T> Where(RecordedLanes<T> mask, RecordedLanes<T> a) =>
        new(Builder.Select(mask._instruction, a._instruction, Builder.Constant(Builder.TypeOf(a._instruction), 0)));

    private static NotSupportedException NoMemory() => new("Recorded lanes: kernels of elements do not load, store or add up lanes.");

    private static NotSupportedException NoTables() => new("Recorded lanes: tables are for registers of 512 bits; the function needs a form without.");
}
