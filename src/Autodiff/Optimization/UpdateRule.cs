using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>An <see cref="IUpdateRule"/> as an object: it runs on the processor, and gives the same update as a program for a device.</summary>
internal abstract class UpdateRule
{
    /// <summary>How many vectors of state there are.</summary>
    public abstract int Buffers { get; }

    /// <summary>Updates the elements and the buffers of the state.</summary>
    public abstract void Run<T>(UpdateNumbers numbers, ParameterState state, ReadOnlySpan<T> value, ReadOnlySpan<T> gradient, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>A bound of the new weights: see <see cref="IUpdateRule.LargestWeight"/>.</summary>
    public abstract double LargestWeight(UpdateNumbers numbers, Largest before);

    /// <summary>
    /// The update of an element. Inputs: the weight, its gradient, and the elements of the buffers; outputs: the new weight, and the new elements of the buffers.
    /// </summary>
    /// <param name="type">Float32 or Float64: the type of all of them.</param>
    public abstract KernelProgram Program(DType type);

    /// <summary>The numbers that a launch of the program is given.</summary>
    public abstract double[] Arguments(UpdateNumbers numbers);
}

/// <summary>The object of a rule.</summary>
internal sealed class UpdateRule<TRule> : UpdateRule
    where TRule : struct, IUpdateRule
{
    public static readonly UpdateRule<TRule> Instance = new();

    private readonly Lazy<(KernelProgram Program, int[] Used)> _single = new(Record<float>);
    private readonly Lazy<(KernelProgram Program, int[] Used)> _double = new(Record<double>);

    public override int Buffers => TRule.Buffers;

    public override void Run<T>(UpdateNumbers numbers, ParameterState state, ReadOnlySpan<T> value, ReadOnlySpan<T> gradient, Span<T> result) =>
        UpdateLoop.Run<T, TRule>(numbers, state, value, gradient, result);

    public override double LargestWeight(UpdateNumbers numbers, Largest before) => TRule.LargestWeight(in numbers, before);

    public override KernelProgram Program(DType type) => (type == DType.Float32 ? _single : _double).Value.Program;

    public override double[] Arguments(UpdateNumbers numbers) => Array.ConvertAll(_single.Value.Used, index => numbers[index]);

    private static (KernelProgram Program, int[] Used) Record<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var builder = new ProgramBuilder();
        using ProgramBuilder.Recording recording = builder.Record();
        RecordedLanes<T> Input(int index) => new(builder.Input(index, DTypeExtensions.Of<T>()));
        RecordedLanes<T> value = Input(0), gradient = Input(1), zero = RecordedLanes<T>.Zero;
        RecordedLanes<T> a = TRule.Buffers > 0 ? Input(2) : zero, b = TRule.Buffers > 1 ? Input(3) : zero, c = TRule.Buffers > 2 ? Input(4) : zero;
        var numbers = new UpdateNumbers.Lanes<RecordedLanes<T>, T>(default);
        RecordedLanes<T> next = TRule.Next<RecordedLanes<T>, T>(in numbers, value, gradient, ref a, ref b, ref c);
        ReadOnlySpan<int> outputs = [next.Number, a.Number, b.Number, c.Number];
        KernelProgram program = builder.Build(outputs[..(1 + TRule.Buffers)]);
        int[] used = [.. program.Instructions.Where(instruction => instruction.Op == KernelOp.Number).Select(instruction => instruction.A)];
        return (program with
        {
            Instructions = [.. program.Instructions.Select(instruction =>
                instruction.Op == KernelOp.Number ? instruction with { A = Array.IndexOf(used, instruction.A) } : instruction)],
            Numbers = used.Length,
        }, used);
    }
}
