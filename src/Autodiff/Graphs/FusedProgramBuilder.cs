namespace ProbNet.Autodiff;

/// <summary>Makes a fused program of nodes that compute rows from rows: views are read in place where they are contiguous, and copied where not.</summary>
internal sealed class FusedProgramBuilder
{
    // Elements of a temporary: 4 KB of floats, so that half a dozen stay in a first-level cache of 32 KB.
    private const int BlockElements = 1024;

    private readonly Func<GraphNode, Location?> _memory;
    private readonly Dictionary<GraphNode, StridedView> _views = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(GraphNode Node, Shape Row, int Position), StridedView> _copies = [];
    private readonly List<Pending> _prologue = [], _body = [];
    private readonly int _rows;
    private int _widest = 1;
    private int _largestElement = 1;

    private FusedProgramBuilder(int rows, Func<GraphNode, Location?> memory)
    {
        _rows = rows;
        _memory = memory;
    }

    /// <summary>The program of some nodes, given in order.</summary>
    /// <param name="nodes">The nodes, all with the same number of rows.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="memory">Where a node lies in the plan's memory; null for one that only this program needs.</param>
    public static FusedProgram Build(IReadOnlyList<GraphNode> nodes, int rows, Func<GraphNode, Location?> memory)
    {
        var builder = new FusedProgramBuilder(rows, memory);
        foreach (GraphNode node in nodes)
        {
            builder.Add(node);
        }

        return builder.Finish();
    }

    private void Add(GraphNode node)
    {
        switch (node.Op)
        {
            case Reshape or Slice or Permute or BroadcastTo:
                AddView(node);
                break;
            case Embed embed:
                StridedView background = Result(node);
                Copy(ElementOf(GraphNode.Of(Tensor.Full(Shape.Scalar, embed.Background, node.Type.DType)), node.Shape), background, node.Shape);
                Copy(ViewOf(node.Inputs[0]), background.Sliced(embed.Starts, embed.Steps, node.Inputs[0].Shape), node.Inputs[0].Shape);
                break;
            case Concat concat:
                AddConcat(node, concat.Axis);
                break;
            default:
                if (RowForm.RowKernelOf(node) is { } rows)
                {
                    AddRows(node, rows);
                }
                else
                {
                    AddBlock(node, RowForm.BlockKernelOf(node)!);
                }

                break;
        }
    }

    private void AddView(GraphNode node)
    {
        GraphNode x = node.Inputs[0];
        StridedView? view = ViewOf(x).After(node);
        if (view is null)
        {
            // A reshape of what is not contiguous: of a copy.
            StridedView copy = Temporary(x.Type.DType, x.Shape, RowForm.Of(x.Shape));
            Copy(ViewOf(x), copy, x.Shape);
            view = copy.After(node)!;
        }

        // A reshape lies where its input does: what needs it in memory has its input there.
        if (node.Op is not Reshape && _memory(node) is not null)
        {
            StridedView result = Result(node);
            Copy(view, result, node.Shape);
            view = result;
        }

        _views[node] = view;
    }

    private void AddConcat(GraphNode node, int axis)
    {
        StridedView result = Result(node);
        int[] starts = new int[-axis], steps = new int[-axis];
        Array.Fill(steps, 1);
        foreach (GraphNode input in node.Inputs)
        {
            if (input.Shape.Size > 0)
            {
                Copy(ViewOf(input), result.Sliced(starts, steps, input.Shape), input.Shape);
            }

            starts[0] += input.Shape[axis];
        }
    }

    private void AddRows(GraphNode node, RowKernel kernel)
    {
        GraphNode x = node.Inputs[0];
        RowForm form = RowForm.Of(x.Shape);
        StridedView from = Contiguous(x, x.Shape, form), to = Result(node);
        RowForm result = RowForm.Of(node.Shape);
        int each = kernel.Results == 0 ? 0 : result.Width / kernel.Results;
        _body.Add(new([from.Base], to.Base, false, () => new FusedRows(kernel, Address(from, form), Address(to, result), each)));
    }

    private void AddBlock(GraphNode node, BlockKernel kernel)
    {
        RowForm form = RowForm.Of(node.Shape);
        var operands = new StridedView[3];
        int constant = 0;
        for (int i = 0; i < 3; i++)
        {
            if (i >= node.Inputs.Length)
            {
                operands[i] = operands[0];
                continue;
            }

            StridedView view = ViewOf(node.Inputs[i]).Broadcast(node.Shape);
            if (IsOneElement(view, form))
            {
                operands[i] = view;
                constant |= 1 << i;
            }
            else
            {
                operands[i] = Contiguous(node.Inputs[i], node.Shape, form);
            }
        }

        StridedView y = Result(node);
        _body.Add(new(Array.ConvertAll(operands, operand => operand.Base), y.Base, true, () => new FusedBlock(
            kernel, Address(operands[0], form), Address(operands[1], form), Address(operands[2], form), Address(y, form), form.Width, constant)));
    }

    /// <summary>A node's value with the elements of each row, broadcast to a shape, one after another.</summary>
    private StridedView Contiguous(GraphNode node, Shape shape, RowForm form)
    {
        StridedView view = ViewOf(node).Broadcast(shape);
        ReadOnlySpan<int> row = view.Lengths.AsSpan(view.Lengths.Length - Math.Max(form.Position - 1, 0));
        if (StridedView.IsRowMajor(row, Inner(view, form)) && (_rows == 1 || RowStride(view, form) == form.Width))
        {
            return view;
        }

        (GraphNode, Shape, int) key = (node, Shape.Create(row), form.Position);
        if (!_copies.TryGetValue(key, out StridedView? copy))
        {
            bool isInvariant = RowStride(view, form) == 0 && !view.Base.IsTemporary;
            copy = Temporary(view.Base.Type, shape, form, isInvariant);
            Copy(view, copy, shape);
            _copies[key] = copy;
        }

        return copy;
    }

    /// <summary>Appends the copy of one view to another of the same shape.</summary>
    private void Copy(StridedView from, StridedView to, Shape shape)
    {
        RowForm form = RowForm.Of(shape);
        StridedView source = from.Broadcast(shape), target = to.Broadcast(shape);
        int[] row = source.Lengths[(source.Lengths.Length - Math.Max(form.Position - 1, 0))..];
        (to.Base.IsInvariant ? _prologue : _body).Add(new([from.Base], to.Base, false, () => new FusedCopy(
            Address(source, form), Address(target, form), source.Base.Type.ByteSize(), row,
            [RowStride(source, form), .. Inner(source, form)], [RowStride(target, form), .. Inner(target, form)])));
    }

    private StridedView ViewOf(GraphNode node)
    {
        if (!_views.TryGetValue(node, out StridedView? view))
        {
            view = node.IsUniform
                ? ElementOf(node, node.Shape)
                : StridedView.Whole(FusedOperand.At(_memory(node)!.Value, node.Type.DType), node.Shape);
            _views[node] = view;
        }

        return view;
    }

    private StridedView ElementOf(GraphNode constant, Shape shape) =>
        new(FusedOperand.At(_memory(constant)!.Value, constant.Type.DType), 0, shape.ToArray(), new long[shape.Rank]);

    private StridedView Result(GraphNode node)
    {
        StridedView view = _memory(node) is { } location
            ? StridedView.Whole(FusedOperand.At(location, node.Type.DType), node.Shape)
            : Temporary(node.Type.DType, node.Shape, RowForm.Of(node.Shape));
        Measure(node.Type.DType, RowForm.Of(node.Shape).Width);
        _views[node] = view;
        return view;
    }

    private StridedView Temporary(DType type, Shape shape, RowForm form, bool isInvariant = false)
    {
        Measure(type, form.Width);
        return StridedView.Whole(FusedOperand.Temporary(type, form.Width, isInvariant), shape);
    }

    private void Measure(DType type, int width)
    {
        _widest = Math.Max(_widest, width);
        _largestElement = Math.Max(_largestElement, type.ByteSize());
    }

    private static bool IsOneElement(StridedView view, RowForm form)
    {
        if (RowStride(view, form) != 0)
        {
            return false;
        }

        ReadOnlySpan<long> inner = Inner(view, form);
        for (int i = 1; i <= inner.Length; i++)
        {
            if (view.Lengths[^i] != 1 && inner[^i] != 0)
            {
                return false;
            }
        }

        return true;
    }

    private static long RowStride(StridedView view, RowForm form) => form.Position == 0 || form.Rows == 1 ? 0 : view.Strides[^form.Position];

    private static ReadOnlySpan<long> Inner(StridedView view, RowForm form) =>
        view.Strides.AsSpan(view.Strides.Length - Math.Max(form.Position - 1, 0));

    private static FusedAddress Address(StridedView view, RowForm form)
    {
        int bytes = view.Base.Type.ByteSize();
        Location start = view.Base.Location;
        return new(start with { Offset = start.Offset + (view.Offset * bytes) }, view.Base.IsTemporary ? 0 : RowStride(view, form) * bytes);
    }

    /// <summary>Places the temporaries, a place each for as long as it is needed, and makes the instructions.</summary>
    private FusedProgram Finish()
    {
        int blockRows = Math.Max(1, BlockElements / _widest);
        blockRows = Math.Min(blockRows > 16 ? blockRows / 16 * 16 : blockRows, Math.Max(1, _rows));

        // An odd number of cache lines: places that are all a power of two apart would share the same few sets of the cache.
        long placeBytes = ((((long)blockRows * _widest * _largestElement) + 63) / 64 * 64) + 64;
        var lastUse = new Dictionary<FusedOperand, int>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < _body.Count; i++)
        {
            foreach (FusedOperand operand in _body[i].Operands)
            {
                lastUse[operand] = i;
            }
        }

        var free = new Stack<long>();
        var placed = new HashSet<FusedOperand>(ReferenceEqualityComparer.Instance);
        int places = 0;
        void Place(FusedOperand operand)
        {
            if (operand.IsTemporary && placed.Add(operand))
            {
                operand.Location = new(Location.Scratch, free.TryPop(out long offset) ? offset : places++ * placeBytes);
            }
        }

        void Release(FusedOperand operand, int at)
        {
            if (operand is { IsTemporary: true, IsInvariant: false } && lastUse[operand] == at && placed.Contains(operand))
            {
                free.Push(operand.Location.Offset);
                lastUse[operand] = -1;
            }
        }

        foreach (Pending instruction in _prologue)
        {
            Place(instruction.Write);
        }

        for (int i = 0; i < _body.Count; i++)
        {
            Pending instruction = _body[i];

            // The result of an elementwise operation may take the place of an operand of elements of the same size that ends here.
            foreach (FusedOperand operand in instruction.Reads)
            {
                if (instruction.IsElementwise && operand.Type.ByteSize() == instruction.Write.Type.ByteSize() && operand != instruction.Write)
                {
                    Release(operand, i);
                }
            }

            Place(instruction.Write);
            foreach (FusedOperand operand in instruction.Operands)
            {
                Release(operand, i);
            }
        }

        return new FusedProgram(
            [.. _prologue.Select(instruction => instruction.Make())], [.. _body.Select(instruction => instruction.Make())], blockRows, places * placeBytes);
    }

    private sealed record Pending(FusedOperand[] Reads, FusedOperand Write, bool IsElementwise, Func<FusedInstruction> Make)
    {
        public IEnumerable<FusedOperand> Operands => Reads.Append(Write);
    }
}
