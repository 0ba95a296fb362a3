namespace ProbNet.Autodiff;

/// <summary>The program of elementwise operations over one space.</summary>
/// <param name="fusion">Where values lie.</param>
internal sealed class GroupProgram(DeviceFusion fusion)
{
    private readonly ProgramBuilder _builder = new();
    private readonly Dictionary<GraphNode, int> _values = new(ReferenceEqualityComparer.Instance);
    private readonly List<(GraphNode Base, Layout Layout)> _inputs = [];
    private readonly List<int> _outputs = [];

    /// <summary>The memory that it reads, over the space without axes of length 1.</summary>
    public IReadOnlyList<(GraphNode Base, Layout Layout)> Inputs => _inputs;

    /// <summary>The type of the output that was added last.</summary>
    public DType LastOutputType => _builder.TypeOf(_outputs[^1]);

    /// <summary>Adds operations in order.</summary>
    public void Add(IEnumerable<GraphNode> nodes)
    {
        foreach (GraphNode node in nodes)
        {
            if (node.Op is not ElementwiseOp)
            {
                // A view that is written out.
                _values[node] = Own(node);
                continue;
            }

            int[] operands = [.. node.Inputs.Select(input => Value(input, node.Shape))];
            _values[node] = node.Op.Block([.. node.Inputs.Select(input => input.Type.DType)])!.Record(_builder, operands)!.Value;
        }
    }

    /// <summary>Adds what a reduction or product gives, after a program of it.</summary>
    public void AddInput(GraphNode node, DType type, KernelProgram? program)
    {
        int value = _builder.Input(_inputs.Count, type);
        _inputs.Add((node, default));
        _values[node] = program is null ? value : _builder.Append(program, [value])[0];
    }

    /// <summary>Adds an output in front of those that are stored: a program of a value.</summary>
    public void AddOutput(GraphNode node, KernelProgram? program)
    {
        int value = Value(node, node.Shape);
        _outputs.Add(program is null ? value : _builder.Append(program, [value])[0]);
    }

    /// <summary>The program, whose outputs are those that were added, then the stored nodes.</summary>
    public KernelProgram Build(GraphNode[] stored) => _builder.Build([.. _outputs, .. stored.Select(node => _values[node])]);

    private int Value(GraphNode input, Shape over)
    {
        if (input.IsUniform)
        {
            return _builder.Constant(input.Type.DType, ConstantBits(input));
        }

        (GraphNode source, Layout layout) = fusion.Operand(input, over);
        return _values.TryGetValue(source, out int known) ? known : Read(source, layout);
    }

    // What stores itself looks at the memory that its input lies in.
    private int Own(GraphNode node)
    {
        if (node.Inputs[0].IsUniform)
        {
            return _builder.Constant(node.Type.DType, ConstantBits(node.Inputs[0]));
        }

        (GraphNode source, Layout layout) = fusion.Source(node);
        return Read(source, layout);
    }

    private int Read(GraphNode source, Layout layout)
    {
        int slot = _inputs.FindIndex(input =>
            input.Base == source && input.Layout.Strides is not null && input.Layout.Offset == layout.Offset && input.Layout.Strides.AsSpan().SequenceEqual(layout.Strides));
        if (slot < 0)
        {
            slot = _inputs.Count;
            _inputs.Add((source, layout));
        }

        return _builder.Input(slot, source.Type.DType);
    }

    private static long ConstantBits(GraphNode node) => node.Constant!.RawData switch
    {
        float[] x => BitConverter.SingleToInt32Bits(x[0]),
        double[] x => BitConverter.DoubleToInt64Bits(x[0]),
        int[] x => x[0],
        long[] x => x[0],
        bool[] x => x[0] ? 1 : 0,
        _ => throw new InvalidOperationException($"A constant of type {node.Type.DType}."),
    };
}
