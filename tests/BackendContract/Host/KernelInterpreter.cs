using System.Numerics;
using System.Runtime.CompilerServices;
using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

/// <summary>
/// Runs a <see cref="KernelProgram"/> for one index, one instruction after the other: what each of them means, in plain C#. A value of any type is held as its
/// bits, from the lowest of a long.
/// </summary>
public static class KernelInterpreter
{
    /// <summary>Runs a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="inputs">The bits of its inputs.</param>
    /// <param name="numbers">The numbers of the launch.</param>
    /// <param name="index">The index along each axis of the space.</param>
    /// <param name="outputs">Where the bits of its outputs go.</param>
    public static void Run(KernelProgram program, ReadOnlySpan<long> inputs, ReadOnlySpan<double> numbers, ReadOnlySpan<int> index, Span<long> outputs)
    {
        ReadOnlySpan<KernelInstruction> instructions = program.Instructions.AsSpan();
        Span<long> results = instructions.Length <= 512 ? stackalloc long[instructions.Length] : new long[instructions.Length];
        for (int i = 0; i < instructions.Length; i++)
        {
            KernelInstruction instruction = instructions[i];
            results[i] = instruction.Op switch
            {
                KernelOp.Input => inputs[instruction.A],
                KernelOp.Number => FromDouble(numbers[instruction.A], instruction.Type),
                KernelOp.Constant => instruction.Bits,
                KernelOp.Index => index[instruction.A],
                _ => Compute(instruction, instructions, results),
            };
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = results[program.Outputs[i]];
        }
    }

    /// <summary>The value with these bits.</summary>
    public static T Value<T>(long bits) where T : unmanaged => Unsafe.ReadUnaligned<T>(ref Unsafe.As<long, byte>(ref bits));

    /// <summary>The bits of a value.</summary>
    public static long Bits<T>(T value) where T : unmanaged
    {
        long bits = 0;
        Unsafe.WriteUnaligned(ref Unsafe.As<long, byte>(ref bits), value);
        return bits;
    }

    private static long FromDouble(double value, DType type) => type switch
    {
        DType.Float32 => Bits((float)value),
        DType.Float64 => Bits(value),
        DType.Int32 => Bits((int)value),
        DType.Int64 => Bits((long)value),
        _ => value != 0 ? 1 : 0,
    };

    private static long Compute(KernelInstruction instruction, ReadOnlySpan<KernelInstruction> instructions, ReadOnlySpan<long> results)
    {
        long a = results[instruction.A];
        long b = instruction.B < 0 ? 0 : results[instruction.B];
        long c = instruction.C < 0 ? 0 : results[instruction.C];
        DType from = instructions[instruction.A].Type;
        return instruction.Op switch
        {
            KernelOp.Select => (a & 1) != 0 ? b : c,
            KernelOp.Reinterpret => a,
            KernelOp.Convert => Convert(a, from, instruction.Type),
            KernelOp.Equal or KernelOp.Less or KernelOp.LessOrEqual or KernelOp.IsNaN => Ask(instruction.Op, from, a, b) ? 1 : 0,
            _ => instruction.Type switch
            {
                DType.Float32 => Bits(Floating(instruction.Op, Value<float>(a), Value<float>(b), Value<float>(c))),
                DType.Float64 => Bits(Floating(instruction.Op, Value<double>(a), Value<double>(b), Value<double>(c))),
                DType.Int32 => Bits(Integer(instruction.Op, Value<int>(a), Value<int>(b), (int)instruction.Bits)),
                DType.Int64 => Bits(Integer(instruction.Op, Value<long>(a), Value<long>(b), (int)instruction.Bits)),
                _ => Truth(instruction.Op, (a & 1) != 0, (b & 1) != 0) ? 1 : 0,
            },
        };
    }

    private static T Floating<T>(KernelOp op, T a, T b, T c) where T : unmanaged, IBinaryFloatingPointIeee754<T> => op switch
    {
        KernelOp.Add => a + b,
        KernelOp.Subtract => a - b,
        KernelOp.Multiply => a * b,
        KernelOp.Divide => a / b,
        KernelOp.MultiplyAdd => T.FusedMultiplyAdd(a, b, c),
        KernelOp.Negate => -a,
        KernelOp.Abs => T.Abs(a),
        KernelOp.Min => T.Min(a, b),
        KernelOp.Max => T.Max(a, b),
        KernelOp.Sqrt => T.Sqrt(a),
        KernelOp.Floor => T.Floor(a),
        KernelOp.Ceiling => T.Ceiling(a),
        KernelOp.Round => T.Round(a, MidpointRounding.ToEven),
        KernelOp.Truncate => T.Truncate(a),
        KernelOp.CopySign => T.CopySign(a, b),
        KernelOp.ScaleByPowerOfTwo => T.IsNaN(b) ? b : T.ScaleB(a, int.CreateSaturating(b)),
        KernelOp.Sin => T.CreateTruncating(Math.Sin(double.CreateTruncating(a))),
        KernelOp.Cos => T.CreateTruncating(Math.Cos(double.CreateTruncating(a))),
        KernelOp.Tan => T.CreateTruncating(Math.Tan(double.CreateTruncating(a))),
        _ => throw Undefined(op, typeof(T)),
    };

    private static T Integer<T>(KernelOp op, T a, T b, int shift) where T : unmanaged, IBinaryInteger<T> => op switch
    {
        KernelOp.Add => unchecked(a + b),
        KernelOp.Subtract => unchecked(a - b),
        KernelOp.Multiply => unchecked(a * b),
        KernelOp.Divide => T.IsZero(b) ? b : b == -T.One ? unchecked(-a) : a / b,
        KernelOp.Remainder => T.IsZero(b) || b == -T.One ? T.Zero : a % b,
        KernelOp.Negate => unchecked(-a),
        KernelOp.Abs => T.IsNegative(a) ? unchecked(-a) : a,
        KernelOp.Min => T.Min(a, b),
        KernelOp.Max => T.Max(a, b),
        KernelOp.And => a & b,
        KernelOp.Or => a | b,
        KernelOp.Xor => a ^ b,
        KernelOp.Not => ~a,
        KernelOp.ShiftLeft => a << shift,
        KernelOp.ShiftRight => a >>> shift,
        _ => throw Undefined(op, typeof(T)),
    };

    private static bool Truth(KernelOp op, bool a, bool b) => op switch
    {
        KernelOp.And => a && b,
        KernelOp.Or => a || b,
        KernelOp.Xor => a != b,
        KernelOp.Not => !a,
        _ => throw Undefined(op, typeof(bool)),
    };

    private static bool Ask(KernelOp op, DType type, long a, long b) => type switch
    {
        DType.Float32 => Ask(op, Value<float>(a), Value<float>(b)),
        DType.Float64 => Ask(op, Value<double>(a), Value<double>(b)),
        DType.Int32 => Ask(op, Value<int>(a), Value<int>(b)),
        DType.Int64 => Ask(op, a, b),
        _ => throw Undefined(op, typeof(bool)),
    };

    private static bool Ask<T>(KernelOp op, T a, T b) where T : unmanaged, INumber<T> => op switch
    {
        KernelOp.Equal => a == b,
        KernelOp.Less => a < b,
        KernelOp.LessOrEqual => a <= b,
        _ => T.IsNaN(a),
    };

    private static long Convert(long a, DType from, DType to) => from switch
    {
        DType.Float32 => Convert(Value<float>(a), to),
        DType.Float64 => Convert(Value<double>(a), to),
        DType.Int32 => Convert(Value<int>(a), to),
        DType.Int64 => Convert(a, to),
        _ => Convert((int)(a & 1), to),
    };

    private static long Convert<T>(T a, DType to) where T : unmanaged, INumber<T> => to switch
    {
        DType.Float32 => Bits(float.CreateSaturating(a)),
        DType.Float64 => Bits(double.CreateSaturating(a)),
        DType.Int32 => Bits(int.CreateSaturating(a)),
        DType.Int64 => Bits(long.CreateSaturating(a)),
        _ => a != T.Zero ? 1 : 0,
    };

    private static NotSupportedException Undefined(KernelOp op, Type type) => new($"KernelInterpreter: {op} is not defined for {type.Name}.");
}
