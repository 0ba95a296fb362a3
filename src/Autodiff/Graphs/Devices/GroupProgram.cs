namespace ProbNet.Autodiff;

/// <summary>The program of elementwise operations over one space.</summary>
/// <param name="fusion">Where values lie.</param>
/// <param name="other">Another program of the same kernel, which takes the same numbers.</param>
internal sealed class GroupProgram(DeviceFusion fusion, GroupProgram? other = null)
{
    // Shared with the other program of a kernel.
    private readonly List<double> _numbers = other?._numbers ?? [];

    private readonly ProgramBuilder _builder = new();
    private readonly Dictionary<GraphNode, int> _values = new(ReferenceEqualityComparer.Instance);
    private readonly List<(GraphNode Base, Layout Layout)> _inputs = [];
    private readonly List<int> _outputs = [];

    /// <summary>The memory that it reads, over the space without axes of length 1.</summary>
    public IReadOnlyList<(GraphNode Base, Layout Layout)> Inputs => _inputs;

    /// <summary>The numbers of a launch: constants of the function, so that kernels that differ in them alone are compiled once.</summary>
    public double[] Numbers => [.. _numbers];

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

    /// <summary>Adds what a reduction or product gives, after what a reduction makes of it.</summary>
    public void AddInput(GraphNode node, DType type, ReductionForm? form = null)
    {
        int value = _builder.Input(_inputs.Count, type);
        _inputs.Add((node, default));
        _values[node] = form?.Finish is { } finish ? _builder.Append(finish, [value], Take(form))[0] : value;
    }

    /// <summary>Adds an output in front of those that are stored: what a reduction takes of a value.</summary>
    public void AddOutput(GraphNode node, ReductionForm form)
    {
        int value = Value(node, node.Shape);
        _outputs.Add(form.Program is { } program ? _builder.Append(program, [value], Take(form))[0] : value);
    }

    /// <summary>The program, whose outputs are those that were added, then the stored nodes.</summary>
    public KernelProgram Build(GraphNode[] stored) => _builder.Build([.. _outputs, .. stored.Select(node => _values[node])]);

    private int Take(ReductionForm form)
    {
        int first = _numbers.Count;
        _numbers.AddRange(form.Numbers);
        return first;
    }

    private int Value(GraphNode input, Shape over)
    {
        if (input.IsUniform)
        {
            return Constant(input);
        }

        (GraphNode source, Layout layout) = fusion.Operand(input, over);
        return _values.TryGetValue(source, out int known) ? known : Read(source, layout);
    }

    // What stores itself looks at the memory that its input lies in.
    private int Own(GraphNode node)
    {
        if (node.Inputs[0].IsUniform)
        {
            return Constant(node.Inputs[0]);
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

    private int Constant(GraphNode node)
    {
        DType type = node.Type.DType;
        double value = type.IsFloating() ? node.Constant!.ToScalar() : 0;
        if (!type.IsFloating() || value is 0 or 1 or -1 || !double.IsFinite(value))
        {
            return _builder.Constant(type, ConstantBits(node));
        }

        int number = _numbers.IndexOf(value);
        if (number < 0)
        {
            number = _numbers.Count;
            _numbers.Add(value);
        }

        return _builder.Number(number, type);
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
