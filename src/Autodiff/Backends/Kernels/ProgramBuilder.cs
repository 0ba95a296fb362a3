using System.Collections.Immutable;
using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// Writes a <see cref="KernelProgram"/>, instruction by instruction. An instruction that is there already is not written again, and those that no output
/// needs are dropped in the end. Not for several threads at once.
/// </summary>
internal sealed class ProgramBuilder
{
    [ThreadStatic]
    private static ProgramBuilder? t_current;

    private readonly List<KernelInstruction> _instructions = [];
    private readonly Dictionary<KernelInstruction, int> _known = [];
    private readonly List<DType?> _inputs = [];
    private int _numbers;

    /// <summary>The builder that <see cref="RecordedLanes{T}"/> write to on this thread.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static ProgramBuilder Current =>
        t_current ?? throw new InvalidOperationException("Recorded lanes: no program is being recorded on this thread; use RecordedKernel.");

    /// <summary>The type of an instruction's result.</summary>
    public DType TypeOf(int instruction) => _instructions[instruction].Type;

    /// <summary>An instruction.</summary>
    public KernelInstruction this[int instruction] => _instructions[instruction];

    /// <summary>Input number <paramref name="index"/> of the program; those below it have to be named too before the program is built.</summary>
    public int Input(int index, DType type)
    {
        while (_inputs.Count <= index)
        {
            _inputs.Add(null);
        }

        if (_inputs[index] is { } known && known != type)
        {
            throw new DTypeException($"Kernel program: input {index} is {known} and cannot be {type} as well.");
        }

        _inputs[index] = type;
        return Emit(KernelOp.Input, type, index);
    }

    /// <summary>Number <paramref name="index"/> of the launch.</summary>
    public int Number(int index, DType type)
    {
        _numbers = Math.Max(_numbers, index + 1);
        return Emit(KernelOp.Number, type, index);
    }

    /// <summary>The index along an axis of the space.</summary>
    public int Index(int axis, DType type) => Emit(KernelOp.Index, type, axis);

    /// <summary>A number of a type: rounded for floating-point types, saturated for integers; true if it is not 0.</summary>
    public int Constant(double value, DType type) => Constant(type, type switch
    {
        DType.Float32 => BitConverter.SingleToInt32Bits((float)value),
        DType.Float64 => BitConverter.DoubleToInt64Bits(value),
        DType.Int32 => (int)value,
        DType.Int64 => (long)value,
        _ => value != 0 ? 1 : 0,
    });

    /// <summary>A floating-point number, of its own type.</summary>
    public int Constant<T>(T value) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Constant(double.CreateTruncating(value), DTypeExtensions.Of<T>());

    /// <summary>The value of a type that has these bits; those above the size of the type are left out.</summary>
    public int Constant(DType type, long bits) => Emit(KernelOp.Constant, type, bits: type.ByteSize() == 4 ? (uint)bits : bits);

    /// <summary>An instruction whose result has the type of its first operand.</summary>
    public int Emit(KernelOp op, int a, int b = -1) => Emit(op, TypeOf(a), a, b);

    /// <summary>A question about one or two operands: Bool.</summary>
    public int Ask(KernelOp op, int a, int b = -1) => Emit(op, DType.Bool, a, b);

    /// <summary>b where the mask is true, else c.</summary>
    public int Select(int mask, int b, int c) => Emit(KernelOp.Select, TypeOf(b), mask, b, c);

    /// <summary>A number as one of another type.</summary>
    public int Convert(int a, DType type) => TypeOf(a) == type ? a : Emit(KernelOp.Convert, type, a);

    /// <summary>The bits of a number as those of another type of its size.</summary>
    public int Reinterpret(int a, DType type)
    {
        KernelInstruction known = _instructions[a];
        return known.Type == type ? a
            : known.Op == KernelOp.Constant ? Constant(type, known.Bits)
            : known.Op == KernelOp.Reinterpret ? Reinterpret(known.A, type)
            : Emit(KernelOp.Reinterpret, type, a);
    }

    /// <summary>Any instruction: its number, which is an earlier one if the same instruction is there.</summary>
    public int Emit(KernelOp op, DType type, int a = -1, int b = -1, int c = -1, long bits = 0)
    {
        var instruction = new KernelInstruction(op, type, a, b, c, bits);
        if (!_known.TryGetValue(instruction, out int number))
        {
            number = _instructions.Count;
            _instructions.Add(instruction);
            _known.Add(instruction, number);
        }

        return number;
    }

    /// <summary>Writes another program into this one.</summary>
    /// <param name="program">The program.</param>
    /// <param name="inputs">The instructions that are its inputs, of the types that it has for them.</param>
    /// <param name="firstNumber">The number of the launch that is its number 0.</param>
    /// <returns>The instructions that are its outputs.</returns>
    public int[] Append(KernelProgram program, ReadOnlySpan<int> inputs, int firstNumber = 0)
    {
        if (inputs.Length != program.Inputs.Length)
        {
            throw new ArgumentException($"Kernel program: {inputs.Length} inputs are given to a program of {program.Inputs.Length}.", nameof(inputs));
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            if (TypeOf(inputs[i]) != program.Inputs[i])
            {
                throw new DTypeException($"Kernel program: input {i} is {TypeOf(inputs[i])}; the program takes {program.Inputs[i]}.");
            }
        }

        var moved = new int[program.Instructions.Length];
        for (int i = 0; i < moved.Length; i++)
        {
            KernelInstruction instruction = program.Instructions[i];
            moved[i] = instruction.Op switch
            {
                KernelOp.Input => inputs[instruction.A],
                KernelOp.Number => Number(firstNumber + instruction.A, instruction.Type),
                KernelOp.Index => Index(instruction.A, instruction.Type),
                _ => Emit(instruction, moved),
            };
        }

        return [.. program.Outputs.Select(output => moved[output])];
    }

    /// <summary>The program with these results; instructions that they do not need are left out.</summary>
    /// <exception cref="InvalidOperationException">An input below the last has not been named.</exception>
    public KernelProgram Build(params ReadOnlySpan<int> outputs)
    {
        if (_inputs.IndexOf(null) is >= 0 and int missing)
        {
            throw new InvalidOperationException($"Kernel program: input {missing} has no type.");
        }

        var needed = new bool[_instructions.Count];
        foreach (int output in outputs)
        {
            needed[output] = true;
        }

        for (int i = needed.Length - 1; i >= 0; i--)
        {
            if (needed[i] && HasOperands(_instructions[i].Op))
            {
                Need(needed, _instructions[i].A);
                Need(needed, _instructions[i].B);
                Need(needed, _instructions[i].C);
            }
        }

        var moved = new int[needed.Length];
        ImmutableArray<KernelInstruction>.Builder kept = ImmutableArray.CreateBuilder<KernelInstruction>();
        for (int i = 0; i < moved.Length; i++)
        {
            if (needed[i])
            {
                moved[i] = kept.Count;
                kept.Add(HasOperands(_instructions[i].Op) ? Move(_instructions[i], moved) : _instructions[i]);
            }
        }

        ImmutableArray<int>.Builder results = ImmutableArray.CreateBuilder<int>(outputs.Length);
        foreach (int output in outputs)
        {
            results.Add(moved[output]);
        }

        return new([.. _inputs.Select(type => type!.Value)], kept.ToImmutable(), results.ToImmutable(), _numbers);
    }

    /// <summary>Makes recorded lanes on this thread write to this builder, until the result is disposed.</summary>
    public Recording Record() => new(this);

    private int Emit(KernelInstruction instruction, int[] moved)
    {
        instruction = Move(instruction, moved);
        return Emit(instruction.Op, instruction.Type, instruction.A, instruction.B, instruction.C, instruction.Bits);
    }

    private static bool HasOperands(KernelOp op) => op is not (KernelOp.Input or KernelOp.Number or KernelOp.Constant or KernelOp.Index);

    private static void Need(bool[] needed, int operand)
    {
        if (operand >= 0)
        {
            needed[operand] = true;
        }
    }

    private static KernelInstruction Move(KernelInstruction instruction, int[] moved)
    {
        int At(int operand) => operand < 0 ? -1 : moved[operand];
        return instruction with { A = At(instruction.A), B = At(instruction.B), C = At(instruction.C) };
    }

    /// <summary>A time in which a builder is the current one.</summary>
    public readonly struct Recording : IDisposable
    {
        private readonly ProgramBuilder? _before;

        public Recording(ProgramBuilder builder)
        {
            _before = t_current;
            t_current = builder;
        }

        public void Dispose() => t_current = _before;
    }
}
