using System.Numerics;
using System.Runtime.Intrinsics;

namespace ProbNet.Autodiff;

/// <summary>
/// A SIMD register of <see cref="Count"/> lanes of <typeparamref name="T"/> (float or double). Every vector function is written once
/// against this interface and runs at any width; the JIT turns each member into one or two instructions.
/// Comparisons return masks: all bits of a lane set, or none.
/// </summary>
internal interface ILanes<TSelf, T>
    where TSelf : struct, ILanes<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    static abstract TSelf Zero { get; }

    static abstract TSelf Broadcast(T value);

    /// <summary>A constant, rounded to <typeparamref name="T"/>; the JIT folds it into a memory operand.</summary>
    static abstract TSelf Constant(double value);

    /// <summary>A constant that changes from call to call: where a program is recorded, the number <paramref name="index"/> of a launch.</summary>
    static virtual TSelf Argument(int index, double value) => TSelf.Constant(value);

    /// <summary>A constant given by its bits: the low 32 of them for float.</summary>
    static abstract TSelf Bits(long bits);

    static abstract TSelf Load(ref readonly T source, nuint offset = 0);

    void Store(ref T destination, nuint offset = 0);

    /// <summary>A mask from booleans, a byte a lane: set where the byte is 1, clear where it is 0.</summary>
    static abstract TSelf LoadBooleans(ref readonly byte source, nuint offset = 0);

    /// <summary>A mask as booleans, a byte a lane: 1 where it is set, else 0.</summary>
    static abstract void StoreBooleans(TSelf mask, ref byte destination, nuint offset = 0);

    /// <summary>The first <paramref name="lanes"/> elements and zeros; memory past them is not read.</summary>
    static abstract unsafe TSelf LoadPart(T* source, int lanes);

    /// <summary>Stores the first <paramref name="lanes"/> lanes; memory past them is not touched.</summary>
    unsafe void StorePart(T* destination, int lanes);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a);

    static abstract TSelf operator &(TSelf a, TSelf b);

    static abstract TSelf operator |(TSelf a, TSelf b);

    static abstract TSelf operator ^(TSelf a, TSelf b);

    static abstract TSelf operator ~(TSelf a);

    /// <summary>a and not b.</summary>
    static abstract TSelf AndNot(TSelf a, TSelf b);

    /// <summary>a·b + c, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>sum += a·b, rounded once, in the register of the sum: of an assignment of <see cref="MultiplyAdd"/> the JIT may make two moves.</summary>
    static abstract void AddProduct(ref TSelf sum, TSelf a, TSelf b);

    /// <summary>The smaller of two; NaN if either is NaN; −0 is below +0 (IEEE 754 minimum).</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    /// <summary>The larger of two; NaN if either is NaN; −0 is below +0 (IEEE 754 maximum).</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>The smaller of two in one instruction; which operand comes back for NaN or ±0 is the processor's choice.</summary>
    static abstract TSelf MinNative(TSelf a, TSelf b);

    /// <summary>The larger of two in one instruction; which operand comes back for NaN or ±0 is the processor's choice.</summary>
    static abstract TSelf MaxNative(TSelf a, TSelf b);

    static abstract TSelf Abs(TSelf a);

    static abstract TSelf Sqrt(TSelf a);

    static abstract TSelf Floor(TSelf a);

    static abstract TSelf Ceiling(TSelf a);

    /// <summary>To the nearest integer, halves to even.</summary>
    static abstract TSelf Round(TSelf a);

    static abstract TSelf Truncate(TSelf a);

    /// <summary>The magnitude of <paramref name="magnitude"/> with the sign of <paramref name="sign"/>.</summary>
    static abstract TSelf CopySign(TSelf magnitude, TSelf sign);

    static abstract TSelf Equal(TSelf a, TSelf b);

    static abstract TSelf Less(TSelf a, TSelf b);

    static abstract TSelf LessOrEqual(TSelf a, TSelf b);

    static abstract TSelf Greater(TSelf a, TSelf b);

    static abstract TSelf GreaterOrEqual(TSelf a, TSelf b);

    static abstract TSelf IsNaN(TSelf a);

    /// <summary>Lane by lane: <paramref name="a"/> where the mask is set, else <paramref name="b"/>.</summary>
    static abstract TSelf Select(TSelf mask, TSelf a, TSelf b);

    /// <summary>Whether any lane of the mask is set.</summary>
    static abstract bool Any(TSelf mask);

    /// <summary>The sum of all lanes, pairwise.</summary>
    static abstract T Sum(TSelf a);

    /// <summary>The sums of all lanes of four registers, halves by halves.</summary>
    static abstract unsafe void Sums(TSelf a, TSelf b, TSelf c, TSelf d, T* sums);

    /// <summary>The bit patterns, added as integers.</summary>
    static abstract TSelf AddBits(TSelf a, TSelf b);

    /// <summary>The bit patterns, subtracted as integers.</summary>
    static abstract TSelf SubtractBits(TSelf a, TSelf b);

    /// <summary>The bit patterns, shifted left.</summary>
    static abstract TSelf ShiftLeft(TSelf a, int count);

    /// <summary>The bit patterns, shifted right with zeros coming in.</summary>
    static abstract TSelf ShiftRight(TSelf a, int count);

    /// <summary>x·2ⁿ, rounded once, for an integral n with |n| ≤ 2·(largest exponent − 1); subnormal results included.</summary>
    static abstract TSelf ScaleByPowerOfTwo(TSelf x, TSelf n);

    /// <summary>
    /// Entries of a table of 32, by the five low bits of each lane. One instruction for floats in 512 bits; lane by lane elsewhere, where functions
    /// have a form without it. So with <see cref="Exponent"/> and <see cref="Mantissa"/>.
    /// </summary>
    static abstract TSelf Lookup(TSelf index, Vector512<float> low, Vector512<float> high);

    /// <summary>⌊log₂|a|⌋, subnormal numbers included; −∞ for 0, ∞ for ±∞.</summary>
    static abstract TSelf Exponent(TSelf a);

    /// <summary>a·2ᵏ in [¾, 1½); 1 for ±0 and ∞, NaN below 0.</summary>
    static abstract TSelf Mantissa(TSelf a);
}
