namespace ProbNet.Autodiff;

/// <summary>
/// Puts the nodes of a graph into groups of one kernel each. Groups are in the order in which they run: a node joins the group of what it needs, or a
/// later one, never an earlier one.
/// </summary>
internal sealed class DeviceFusion
{
    // Arguments of a kernel that every driver takes: what a group reads, and what it may have to write where that is not done in parts.
    private const int MostInputs = 24, MostNodes = 28;

    private readonly List<DeviceGroup> _groups = [];
    private readonly Dictionary<GraphNode, int> _groupOf = new(ReferenceEqualityComparer.Instance);

    // Values that are there when the elements have been reduced, not before.
    private readonly HashSet<GraphNode> _reduced = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<GraphNode, (GraphNode Base, Layout Layout)> _views = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<GraphNode, (GraphNode Base, Layout Layout)> _sources = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<GraphNode> _stored = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<GraphNode> _onHost = new(ReferenceEqualityComparer.Instance);

    private readonly Device _device;

    private DeviceFusion(Device device) => _device = device;

    /// <summary>The groups in the order in which they run.</summary>
    public IReadOnlyList<DeviceGroup> Groups => _groups;

    /// <summary>Operations on the call's arguments that run on the host, before anything goes to the device: derived keys.</summary>
    public List<GraphNode> HostNodes { get; } = [];

    /// <summary>The groups of a graph.</summary>
    public static DeviceFusion Of(Device device, TracedGraph graph)
    {
        var fusion = new DeviceFusion(device);
        fusion._onHost.UnionWith(graph.Inputs);
        foreach (GraphNode node in graph.Sorted())
        {
            if (node.Kind == NodeKind.Operation && fusion.View(node).Base == node)
            {
                fusion.Add(node);
            }
        }

        // What is asked for as a whole is written out.
        foreach (GraphNode root in graph.Roots)
        {
            fusion.Store(root);
        }

        return fusion;
    }

    /// <summary>Which group computes a node; −1 for what is there before.</summary>
    public int GroupOf(GraphNode node) => _groupOf.GetValueOrDefault(node, -1);

    /// <summary>Where the elements of a node lie: in the memory of which other node, and how.</summary>
    public (GraphNode Base, Layout Layout) View(GraphNode node)
    {
        if (!_views.TryGetValue(node, out (GraphNode Base, Layout Layout) view))
        {
            _views[node] = view = Look(node);
        }

        return view;
    }

    /// <summary>The node in whose memory all elements of a node lie in order: asked for by what does not look at them in another way.</summary>
    public GraphNode Whole(GraphNode node) => _stored.Contains(node) ? node : View(node).Base;

    /// <summary>What a group reads: the nodes in whose memory its inputs lie.</summary>
    public IEnumerable<GraphNode> Reads(DeviceGroup group)
    {
        foreach (GraphNode node in group.Nodes)
        {
            if (_sources.TryGetValue(node, out (GraphNode Base, Layout Layout) source))
            {
                yield return source.Base;
                continue;
            }

            foreach (GraphNode input in node.Inputs)
            {
                yield return node == group.Anchor ? Whole(input) : View(input).Base;
            }
        }
    }

    /// <summary>The layout of an input over a space that it broadcasts to, without axes of length 1.</summary>
    public (GraphNode Base, Layout Layout) Operand(GraphNode input, Shape space)
    {
        (GraphNode source, Layout layout) = View(input);
        return (source, Squeezed(layout.BroadcastTo(space)));
    }

    /// <summary>Where a node that is a copy reads its elements, without axes of length 1.</summary>
    public (GraphNode Base, Layout Layout) Source(GraphNode copy) => _sources[copy];

    /// <summary>A shape without axes of length 1.</summary>
    public static Shape Squeezed(Shape shape) => Shape.Create([.. shape.ToArray().Where(length => length != 1)]);

    private static Layout Squeezed(Layout layout)
    {
        int[] axes = [.. Enumerable.Range(0, layout.Shape.Rank).Where(axis => layout.Shape[axis] != 1)];
        return new(Shape.Create([.. axes.Select(axis => layout.Shape[axis])]), layout.Offset, [.. axes.Select(axis => layout.Strides[axis])]);
    }

    private (GraphNode Base, Layout Layout) Look(GraphNode node)
    {
        (GraphNode, Layout) own = (node, Layout.Of(node.Shape));
        if (node.Op is null || node.Inputs.Length == 0 || node.Inputs[0].IsUniform)
        {
            return own;
        }

        if (node.Op is Reshape)
        {
            (GraphNode source, Layout layout) = View(node.Inputs[0]);
            return layout.IsRowMajor ? (source, Layout.Of(node.Shape))
                : Squeezed(node.Shape) == Squeezed(layout.Shape) ? (source, Unsqueezed(Squeezed(layout), node.Shape))
                : own;
        }

        (GraphNode of, Layout at) = View(node.Inputs[0]);
        return node.Op.ViewOf(at) is { } view ? (of, view) : own;
    }

    private static Layout Unsqueezed(Layout layout, Shape shape)
    {
        int[] strides = new int[shape.Rank];
        for (int i = 0, from = 0; i < strides.Length; i++)
        {
            strides[i] = shape[i] == 1 ? 0 : layout.Strides[from++];
        }

        return new(shape, layout.Offset, strides);
    }

    private void Add(GraphNode node)
    {
        if (IsView(node))
        {
            // Elements that lie too scattered to look at, and what repeats one number, are written out.
            (GraphNode source, Layout layout) = View(node.Inputs[0]);
            Copy(node, source, node.Inputs[0].IsUniform ? Layout.Of(node.Shape) : layout);
        }
        else if (IsElementwise(node))
        {
            AddElements(node);
        }
        else if (Reduction(node) is { } reduction)
        {
            AddReduction(node, reduction.Form, reduction.First, reduction.Count);
        }
        else if (node.Op is MatMul && node.Type.DType.IsFloating() && node.Shape.Size > 0 && IsSimpleBatch(node))
        {
            Store(node.Inputs[0]);
            Store(node.Inputs[1]);
            Append(new DeviceGroup(DeviceGroupKind.Product, Squeezed(node.Shape)) { Anchor = node }, node);
        }
        else if (Lowered(node) is not null && !RunsBefore(node))
        {
            Array.ForEach(node.Inputs, Store);
            Append(new DeviceGroup(DeviceGroupKind.Single, Squeezed(node.Shape)) { Anchor = node }, node);
        }
        else if (Array.TrueForAll(node.Inputs, input => _onHost.Contains(input) || input.Kind == NodeKind.Constant))
        {
            _onHost.Add(node);
            HostNodes.Add(node);
        }
        else
        {
            Array.ForEach(node.Inputs, Store);
            Append(new DeviceGroup(DeviceGroupKind.Host, Squeezed(node.Shape)) { Anchor = node }, node);
        }
    }

    private static bool IsView(GraphNode node) =>
        node.Op is Reshape || (node.Inputs.Length == 1 && node.Op!.ViewOf(Layout.Of(node.Inputs[0].Shape)) is not null);

    /// <summary>The kernels of an operation on row-major inputs; null if it has none.</summary>
    public static LoweredOp? Lowered(GraphNode node) => node.Op!.ToKernels(Array.ConvertAll(node.Inputs, input => new TensorType(input.Shape, input.Type.DType)), node.Type);

    // Keys are two numbers: deriving them on the host costs less than a kernel.
    private static bool RunsBefore(GraphNode node) => node.Op is DeriveKey;

    private bool IsElementwise(GraphNode node) =>
        node.Op is ElementwiseOp && RecordedKernel.Of(node.Op, [.. node.Inputs.Select(input => input.Type.DType)]) is { } program
        && (_device.Info.HasFloat64 || !program.Instructions.Any(instruction => instruction.Type == DType.Float64));

    private static bool IsSimpleBatch(GraphNode node)
    {
        int batch = node.Shape[..^2].Size;
        return Array.TrueForAll(node.Inputs, input => input.Shape[..^2].Size is var own && (own == 1 || own == batch));
    }

    private static (ReductionForm Form, int First, int Count)? Reduction(GraphNode node)
    {
        int[] axes;
        ReductionForm? form;
        Shape shape = node.Inputs.Length > 0 ? node.Inputs[0].Shape : Shape.Scalar;
        switch (node.Op)
        {
            case ReduceOp { AreTogether: true, Axes.Length: > 0 } reduce:
                (axes, form) = (reduce.Axes, reduce.Form(node.Inputs[0].Type.DType, reduce.Count(shape)));
                break;
            case LogSumExp:
                (axes, form) = ([-1], new(Autodiff.Reduction.LogSumExp));
                break;
            default:
                return null;
        }

        int first = Squeezed(shape[..^(-axes[0])]).Rank, count = axes.Count(axis => shape[axis] != 1);
        return form is null || count == 0 || shape.Size == 0 ? null : (form, first, count);
    }

    private void AddElements(GraphNode node)
    {
        Shape space = Squeezed(node.Shape);
        for (int i = Math.Max(0, Latest(node, node.Shape)); i < _groups.Count; i++)
        {
            DeviceGroup group = _groups[i];
            if (group.Kind is DeviceGroupKind.Map or DeviceGroupKind.Reduce && group.Space == space && HasRoom(i, node) && Reads(node, i, reduced: false))
            {
                AddTo(i, node);
                return;
            }

            if (group.Kind == DeviceGroupKind.Product && group.Space == space && HasOneBatch(group.Anchor!.Shape) && HasRoom(i, node)
                && NeedsOf(node, i) && Reads(node, i, reduced: false))
            {
                AddTo(i, node);
                return;
            }

            if (group.Kind == DeviceGroupKind.Reduce && group.Reduced == space && HasRoom(i, node) && NeedsOf(node, i) && Reads(node, i, reduced: true))
            {
                group.Finish.Add(node);
                _groupOf[node] = i;
                _reduced.Add(node);
                return;
            }
        }

        AddTo(Append(DeviceGroupKind.Map, node.Shape), node);
    }

    private void AddReduction(GraphNode node, ReductionForm form, int first, int count)
    {
        GraphNode input = node.Inputs[0];
        Shape space = Squeezed(input.Shape);
        for (int i = Math.Max(0, Latest(node, input.Shape)); i < _groups.Count; i++)
        {
            DeviceGroup group = _groups[i];
            bool fits = group.Kind == DeviceGroupKind.Map || (group.Kind == DeviceGroupKind.Reduce && group.FirstReduced == first && group.ReducedCount == count);
            if (fits && group.Space == space && group.Elements.Count < MostNodes && HasRoom(i, node) && Reads(node, i, reduced: false, input.Shape))
            {
                Join(i);
                return;
            }
        }

        Join(Append(DeviceGroupKind.Reduce, input.Shape));

        void Join(int number)
        {
            DeviceGroup group = _groups[number];
            (group.Kind, group.FirstReduced, group.ReducedCount) = (DeviceGroupKind.Reduce, first, count);
            group.Reductions.Add((node, form));
            _groupOf[node] = number;
            _reduced.Add(node);
        }
    }

    /// <summary>The last group that a node needs something of.</summary>
    private int Latest(GraphNode node, Shape space) => node.Inputs.Max(input => GroupOf(Operand(input, space).Base));

    /// <summary>Whether a node needs something of a group.</summary>
    private bool NeedsOf(GraphNode node, int group) => Array.Exists(node.Inputs, input => GroupOf(View(input).Base) == group);

    /// <summary>Whether all that a node needs of a group is there element by element: before or after its elements have been reduced.</summary>
    private bool Reads(GraphNode node, int group, bool reduced, Shape? over = null)
    {
        foreach (GraphNode input in node.Inputs)
        {
            (GraphNode source, Layout layout) = Operand(input, over ?? node.Shape);
            if (GroupOf(source) == group && (_reduced.Contains(source) != reduced || !layout.IsRowMajor || layout.Shape.Size != source.Shape.Size))
            {
                return false;
            }
        }

        return true;
    }

    private bool HasRoom(int number, GraphNode node)
    {
        DeviceGroup group = _groups[number];
        var read = new HashSet<GraphNode>(Reads(group).Concat(node.Inputs.Select(input => View(input).Base)), ReferenceEqualityComparer.Instance);
        return read.Count(source => !source.IsUniform && GroupOf(source) != number) <= MostInputs && (group.Kind == DeviceGroupKind.Map || group.Nodes.Count() < MostNodes);
    }

    // The batch of a product is one axis for its kernel.
    private static bool HasOneBatch(Shape shape) => Squeezed(shape[..^2]).Rank <= 1;

    /// <summary>Writes a node out if its elements do not lie in order. Those who looked at them where they are go on doing so.</summary>
    private void Store(GraphNode node)
    {
        (GraphNode source, Layout layout) = View(node);
        if (source != node && !layout.IsRowMajor && _stored.Add(node))
        {
            Copy(node, source, layout);
        }
    }

    private void Copy(GraphNode node, GraphNode source, Layout layout)
    {
        _sources[node] = (source, Squeezed(layout));
        AddTo(Append(DeviceGroupKind.Map, layout.Shape), node);
    }

    private int Append(DeviceGroupKind kind, Shape shape)
    {
        _groups.Add(new DeviceGroup(kind, Squeezed(shape)));
        return _groups.Count - 1;
    }

    private void Append(DeviceGroup group, GraphNode node)
    {
        _groupOf[node] = _groups.Count;
        _groups.Add(group);
    }

    private void AddTo(int group, GraphNode node)
    {
        _groups[group].Elements.Add(node);
        _groupOf[node] = group;
    }
}
