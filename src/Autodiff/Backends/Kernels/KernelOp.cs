namespace ProbNet.Autodiff;

/// <summary>
/// What an instruction of a <see cref="KernelProgram"/> does: the small set that all elementwise functions, random draws and optimizers' updates are made of.
/// Operands a, b and c are results of earlier instructions, of the type of the result unless said otherwise. Floating-point arithmetic is IEEE 754,
/// without contraction: a·b + c is fused where the program says so and nowhere else. Subnormal numbers may be flushed where a device has none.
/// </summary>
public enum KernelOp : byte
{
    /// <summary>Input number A of the program at the current index.</summary>
    Input,

    /// <summary>Number A of the launch, rounded to the type.</summary>
    Number,

    /// <summary>The value whose bits, from the lowest, are in Bits.</summary>
    Constant,

    /// <summary>The index along axis A of the space, an integer.</summary>
    Index,

    /// <summary>a + b; integers wrap.</summary>
    Add,

    /// <summary>a − b; integers wrap.</summary>
    Subtract,

    /// <summary>a·b; integers wrap.</summary>
    Multiply,

    /// <summary>a/b; of integers toward zero, and 0 where b is 0.</summary>
    Divide,

    /// <summary>The remainder of integers, with the sign of a; 0 where b is 0.</summary>
    Remainder,

    /// <summary>a·b + c, rounded once.</summary>
    MultiplyAdd,

    /// <summary>−a.</summary>
    Negate,

    /// <summary>|a|.</summary>
    Abs,

    /// <summary>The smaller; NaN if either is NaN; −0 is below +0.</summary>
    Min,

    /// <summary>The larger; NaN if either is NaN; −0 is below +0.</summary>
    Max,

    /// <summary>√a.</summary>
    Sqrt,

    /// <summary>Down to an integral number.</summary>
    Floor,

    /// <summary>Up to an integral number.</summary>
    Ceiling,

    /// <summary>To the nearest integral number, halves to even.</summary>
    Round,

    /// <summary>Toward zero to an integral number.</summary>
    Truncate,

    /// <summary>The magnitude of a with the sign of b.</summary>
    CopySign,

    /// <summary>a·2ᵇ, rounded once, for an integral b of the same type; subnormal results included.</summary>
    ScaleByPowerOfTwo,

    /// <summary>Whether a = b: Bool, of operands of one type.</summary>
    Equal,

    /// <summary>Whether a &lt; b: Bool, of operands of one type; false for NaN.</summary>
    Less,

    /// <summary>Whether a ≤ b: Bool, of operands of one type; false for NaN.</summary>
    LessOrEqual,

    /// <summary>Whether a is NaN: Bool, of a floating-point operand.</summary>
    IsNaN,

    /// <summary>a and b, of booleans or of the bits of integers.</summary>
    And,

    /// <summary>a or b, of booleans or of the bits of integers.</summary>
    Or,

    /// <summary>Either, but not both, of booleans or of the bits of integers.</summary>
    Xor,

    /// <summary>Not a, of booleans or of the bits of integers.</summary>
    Not,

    /// <summary>The bits of an integer shifted left by the constant in Bits.</summary>
    ShiftLeft,

    /// <summary>The bits of an integer shifted right by the constant in Bits, zeros coming in.</summary>
    ShiftRight,

    /// <summary>b where a, a Bool, is true, else c.</summary>
    Select,

    /// <summary>The bits of a, which has a type of the same size.</summary>
    Reinterpret,

    /// <summary>a, of another type, as a number of this one: toward zero and saturating to integers, 0 for NaN; Bool is 0 or 1, and to Bool is a ≠ 0.</summary>
    Convert,

    /// <summary>sin a, for any size of a, to a few units of the last place.</summary>
    Sin,

    /// <summary>cos a, for any size of a, to a few units of the last place.</summary>
    Cos,

    /// <summary>tan a, for any size of a, to a few units of the last place.</summary>
    Tan,
}
