using System.Collections.Immutable;

namespace ProbNet.Autodiff;

/// <summary>Writes an operation down as kernels.</summary>
/// <param name="name">The operation's name, for the kernels.</param>
/// <param name="inputs">The types of its inputs.</param>
/// <param name="output">The type of its result.</param>
internal sealed class Lowering(string name, IReadOnlyList<TensorType> inputs, TensorType output)
{
    private readonly List<TensorType> _temporaries = [];
    private readonly List<KernelCall> _calls = [];

    /// <summary>The types of the inputs.</summary>
    public IReadOnlyList<TensorType> Inputs { get; } = inputs;

    /// <summary>The type of the result.</summary>
    public TensorType Output { get; } = output;

    /// <summary>The operand that is the result.</summary>
    public int Result => Inputs.Count;

    /// <summary>Memory that is needed on the way.</summary>
    public int Temporary(TensorType type)
    {
        _temporaries.Add(type);
        return Inputs.Count + _temporaries.Count;
    }

    /// <summary>What has been written down.</summary>
    public LoweredOp Done() => new(_temporaries, _calls);

    /// <summary>Runs a kernel.</summary>
    public void Call(Kernel kernel, params int[] operands) => _calls.Add(new(kernel, operands));

    /// <summary>Runs a kernel with numbers.</summary>
    public void Call(Kernel kernel, double[] numbers, params int[] operands) => _calls.Add(new(kernel, operands) { Numbers = numbers });

    /// <summary>Runs a program over a space.</summary>
    /// <param name="program">The program.</param>
    /// <param name="space">The space.</param>
    /// <param name="inputs">Its inputs, each as long as the space in every axis.</param>
    /// <param name="outputs">Its outputs, likewise.</param>
    public void Map(KernelProgram program, Shape space, (int Operand, Layout Layout)[] inputs, (int Operand, Layout Layout)[] outputs)
    {
        if (space.Size > 0)
        {
            Layout[] layouts = [.. inputs.Select(input => input.Layout), .. outputs.Select(result => result.Layout)];
            (ImmutableArray<int> lengths, View[] views) = Spaces.Merge(space, layouts, Spaces.UsesIndex(program));
            Call(
                new MapKernel(name, program, lengths, [.. views[..inputs.Length]], [.. views[inputs.Length..]]),
                [.. inputs.Select(input => input.Operand), .. outputs.Select(result => result.Operand)]);
        }
    }

    /// <summary>Copies elements.</summary>
    public void Copy(int from, Layout source, int to, Layout target) =>
        Map(KernelProgram.Copy(TypeOf(from).DType), target.Shape, [(from, source)], [(to, target)]);

    /// <summary>Puts one number everywhere.</summary>
    public void Fill(int to, double value)
    {
        TensorType type = TypeOf(to);
        var builder = new ProgramBuilder();
        Map(builder.Build([builder.Constant(value, type.DType)]), type.Shape, [], [(to, Layout.Of(type.Shape))]);
    }

    /// <summary>Reduces the middle axis of an operand seen as [outer, length, inner].</summary>
    /// <param name="from">The operand.</param>
    /// <param name="extent">How it is seen.</param>
    /// <param name="form">How.</param>
    /// <param name="to">The result, [outer, inner].</param>
    public void Reduce(int from, Extent extent, ReductionForm form, int to)
    {
        KernelProgram program = form.Program ?? KernelProgram.Copy(TypeOf(from).DType);
        DType reduced = form.Kind is Reduction.ArgMin or Reduction.ArgMax ? DType.Int64 : program.OutputTypes[0];
        if (extent.Results > 0)
        {
            Call(
                new ReduceKernel(
                    name, program, [extent.Outer, extent.Length, extent.Inner], 1, 1, [new View(0, [extent.Length * extent.Inner, extent.Inner, 1])],
                    [form.Kind], [], form.Finish ?? KernelProgram.Copy(reduced), [], [new View(0, [extent.Inner, 1])]),
                form.Numbers, from, to);
        }
    }

    /// <summary>The type of an operand.</summary>
    public TensorType TypeOf(int operand) => operand < Inputs.Count ? Inputs[operand] : operand == Inputs.Count ? Output : _temporaries[operand - Inputs.Count - 1];
}
