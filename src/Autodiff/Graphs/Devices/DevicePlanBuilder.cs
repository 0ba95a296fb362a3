namespace ProbNet.Autodiff;

/// <summary>Makes a plan of a graph for a device: which kernels run, on which memory.</summary>
internal sealed partial class DevicePlanBuilder
{
    private readonly Device _device;
    private readonly TracedGraph _graph;
    private readonly DeviceFusion _fusion;
    private readonly DeviceParameterBlock[] _blocks;
    private readonly int _updates;
    private readonly bool[] _onDevice;
    private readonly ArenaPlan _values = new(), _staged = new();
    private readonly DeviceSegment _arena = new(), _staging = new();
    private readonly DeviceSegment[] _inputs, _gradients;
    private readonly Dictionary<GraphNode, DeviceLocation> _locations = new(ReferenceEqualityComparer.Instance);
    private readonly List<(Parameter Parameter, DeviceSegment Segment)> _parameters = [];
    private readonly List<DeviceStep> _steps = [];
    private readonly Dictionary<GraphNode, long> _stagedAt = new(ReferenceEqualityComparer.Instance);

    // Of each stored node, the last group that reads it.
    private readonly Dictionary<GraphNode, int> _lastUse = new(ReferenceEqualityComparer.Instance);

    private DevicePlanBuilder(Device device, TracedGraph graph, DeviceParameterBlock[] updated, DeviceParameterBlock[] written, bool[] onDevice)
    {
        _onDevice = onDevice;
        (_device, _graph, _updates) = (device, graph, updated.Length);
        _blocks = [.. updated, .. written];
        _inputs = Array.ConvertAll(graph.Inputs, _ => new DeviceSegment());
        _gradients = Array.ConvertAll(updated, block => new DeviceSegment(block.AllocateZeros()));
        if (!device.Info.HasFloat64 && graph.Sorted().Find(node => node.Type.DType == DType.Float64) is { } wide)
        {
            throw device.NoFloat64(wide.Op?.Name ?? "Graph.Compile");
        }

        _fusion = DeviceFusion.Of(device, graph);
    }

    /// <summary>The plan of a graph.</summary>
    /// <param name="device">The device.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="updated">The blocks of the parameters that are stepped, one for each update.</param>
    /// <param name="written">The blocks of the parameters that are written.</param>
    /// <param name="onDevice">Which arguments of a call live on the device.</param>
    public static DevicePlan Build(Device device, TracedGraph graph, DeviceParameterBlock[] updated, DeviceParameterBlock[] written, bool[] onDevice) =>
        new DevicePlanBuilder(device, graph, updated, written, onDevice).Build();

    private DevicePlan Build()
    {
        FindLives();
        PlaceInputs();
        PlaceValues();
        int[] kernels = new int[_fusion.Groups.Count];
        for (int i = 0; i < kernels.Length; i++)
        {
            int before = _steps.Count;
            AddSteps(_fusion.Groups[i]);
            kernels[i] = _steps.Count - before;
        }

        (TensorType, DeviceLocation)[] results = Array.ConvertAll(_graph.Results, node => (node.Type, Whole(node)));
        DeviceUpdate[] updates = [.. Enumerable.Range(0, _updates).Select(Update)];
        (var aside, var writes) = Writes();
        HostStep[] hostSteps = [.. _fusion.HostNodes.Select(HostStep)];
        if (_values.Bytes > 0)
        {
            _arena.Bind(_device.Allocate(_values.Bytes));
        }

        TensorType[] inputs = Array.ConvertAll(_graph.Inputs, node => node.Type);
        return new DevicePlan(_device, _staging, _staged.Bytes, inputs, _onDevice)
        {
            Inputs = inputs,
            InputSegments = _inputs,
            InputOffsets = Array.ConvertAll(_graph.Inputs, node => _stagedAt[node]),
            InputCount = _onDevice.Length,
            Checks = Checks(),
            HostSteps = hostSteps,
            Steps = [.. _steps],
            Results = results,
            Parameters = [.. _parameters],
            Blocks = _blocks,
            Updates = updates,
            Aside = aside,
            Writes = writes,
            Listing = DevicePlanListing.Of(_device, _graph, _fusion, _values.Bytes, kernels),
        };
    }

    private void FindLives()
    {
        for (int i = 0; i < _fusion.Groups.Count; i++)
        {
            foreach (GraphNode source in _fusion.Reads(_fusion.Groups[i]))
            {
                if (_fusion.GroupOf(source) is >= 0 and int group && group != i)
                {
                    _lastUse[source] = i;
                }
            }
        }

        foreach (GraphNode root in _graph.Roots)
        {
            GraphNode source = _fusion.Whole(root);
            if (_fusion.GroupOf(source) >= 0)
            {
                _lastUse[source] = int.MaxValue;
            }
        }

        foreach (DeviceGroup group in _fusion.Groups)
        {
            if (group.Kind is DeviceGroupKind.Single or DeviceGroupKind.Host)
            {
                _lastUse.TryAdd(group.Anchor!, _fusion.GroupOf(group.Anchor!));
            }
        }
    }

    // What comes from the host lies together, so that one copy brings it all.
    private void PlaceInputs()
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            GraphNode node = _graph.Inputs[i];
            _locations[node] = new(_inputs[i], 0);
            _stagedAt[node] = i < _onDevice.Length && _onDevice[i] ? 0 : _staged.Append(node.Bytes);
        }

        foreach (GraphNode node in _fusion.HostNodes)
        {
            _stagedAt[node] = _staged.Append(node.Bytes);
            _locations[node] = new(_staging, _stagedAt[node]);
        }
    }

    private void PlaceValues()
    {
        for (int i = 0; i < _updates; i++)
        {
            (TracedUpdate update, GraphNode[] needs) = _graph.Updates[i];
            for (int k = 0; k < update.Parameters.Count; k++)
            {
                GraphNode source = _fusion.Whole(needs[k]);
                if (_fusion.GroupOf(source) is >= 0 and int group && _fusion.Groups[group].Kind != DeviceGroupKind.Host && source.Shape.Size == needs[k].Shape.Size)
                {
                    _locations.TryAdd(source, new(_gradients[i], _blocks[i].OffsetOf(update.Parameters[k])!.Value));
                }
            }
        }

        foreach ((GraphNode node, int last) in _lastUse.OrderBy(use => _fusion.GroupOf(use.Key)).ThenBy(use => use.Key.Index))
        {
            if (!_locations.ContainsKey(node))
            {
                _locations[node] = new(_arena, _values.Place(node.Bytes, _fusion.GroupOf(node), last));
            }
        }
    }

    // Indices that come from the host are checked there, as the processor does.
    private Action<Tensor[]>[] Checks()
    {
        var checks = new List<Action<Tensor[]>>();
        foreach (GraphNode node in _fusion.Groups.SelectMany(group => group.Nodes).Where(node => node.Op!.HasValueCheck))
        {
            int place = node.Inputs.Length == 1 ? 0 : 1;
            GraphNode index = node.Inputs[place];
            int argument = Array.IndexOf(_graph.Inputs, index);
            Tensor[] inputs = Array.ConvertAll(node.Inputs, input => Tensor.Symbol(input.Shape, input.Type.DType));
            if (index.Kind == NodeKind.Constant)
            {
                inputs[place] = ConstantPool.Tensor(index);
                node.Op!.CheckValues(inputs);
            }
            else if (argument >= 0 && argument < _onDevice.Length && !_onDevice[argument])
            {
                checks.Add(arguments =>
                {
                    inputs[place] = arguments[argument];
                    node.Op!.CheckValues(inputs);
                });
            }
        }

        return [.. checks];
    }

    private HostStep HostStep(GraphNode node) => new(node.Op!, node.Type, (int)_stagedAt[node], [.. node.Inputs.Select(input => input.Kind switch
    {
        NodeKind.Constant => (ConstantPool.Tensor(input), -1, -1),
        NodeKind.Input => ((Tensor?)null, Array.IndexOf(_graph.Inputs, input), -1),
        _ => (null, -1, _fusion.HostNodes.IndexOf(input)),
    })]);

    private void Launch(Kernel kernel, DeviceLocation[] buffers, double[] numbers) => _steps.Add(new DeviceKernelStep(
        _device,
        _device.Compile(kernel) ?? throw new DeviceException(
            $"Graph.Compile: {_device} cannot run the kernel {kernel.Name}, a {kernel.GetType().Name}; compiled graphs need MapKernel, ReduceKernel and MatrixProductKernel. "
            + "Call the function itself, or train with FitOptions { Compile = false }."),
        buffers,
        numbers));

    private GraphNode[] Stored(IEnumerable<GraphNode> nodes) => [.. nodes.Where(_locations.ContainsKey)];

    private DeviceUpdate Update(int index)
    {
        (TracedUpdate update, GraphNode[] needs) = _graph.Updates[index];
        var copies = new List<(DeviceLocation, DeviceLocation, long)>();
        for (int k = 0; k < update.Parameters.Count; k++)
        {
            DeviceLocation from = Whole(needs[k]), to = new(_gradients[index], _blocks[index].OffsetOf(update.Parameters[k])!.Value);
            if (from != to)
            {
                copies.Add((from, to, needs[k].Bytes));
            }
        }

        return new(_device, update, _blocks[index], _gradients[index], [.. copies], update.Guard is null ? null : Whole(needs[^1]));
    }

    // A value that is another parameter's is put aside first: that one may be written too.
    private ((DeviceLocation From, DeviceLocation To, long Bytes)[] Aside, (DeviceLocation From, DeviceLocation To, long Bytes)[] Writes) Writes()
    {
        var aside = new List<(DeviceLocation, DeviceLocation, long)>();
        var writes = new List<(DeviceLocation, DeviceLocation, long)>();
        foreach ((Parameter parameter, GraphNode value) in _graph.Writes)
        {
            DeviceLocation from = Whole(value);
            if (Array.Exists(_blocks, block => block.Segment == from.Segment))
            {
                var kept = new DeviceLocation(_arena, _values.Append(value.Bytes));
                aside.Add((from, kept, value.Bytes));
                from = kept;
            }

            writes.Add((from, InBlock(parameter)!.Value, value.Bytes));
        }

        return ([.. aside], [.. writes]);
    }

    private DeviceLocation? InBlock(Parameter parameter)
    {
        foreach (DeviceParameterBlock block in _blocks)
        {
            if (block.OffsetOf(parameter) is { } offset)
            {
                return new(block.Segment, offset);
            }
        }

        return null;
    }

    /// <summary>Where the memory is that elements of a node lie in.</summary>
    private DeviceLocation Memory(GraphNode node)
    {
        if (_locations.TryGetValue(node, out DeviceLocation known))
        {
            return known;
        }

        switch (node.Kind)
        {
            case NodeKind.Parameter when InBlock(node.Parameter!) is { } place:
                return place;
            case NodeKind.Parameter:
                var segment = new DeviceSegment();
                _parameters.Add((node.Parameter!, segment));
                return _locations[node] = new(segment, 0);
            case NodeKind.Constant:
                Tensor values = ConstantPool.Tensor(node);
                return values.IsFree || node.IsUniform || values.Device == _device
                    ? _locations[node] = new(new DeviceSegment(values.MemoryOn(_device)), 0)
                    : throw new DeviceException(
                        $"Graph.Compile: the function uses a constant {values.DType} {values.Shape} that lives on {values.Device}, but runs on {_device}; "
                        + "move it with To(device).");
            default:
                throw new InvalidOperationException($"Graph.Compile: {node} has no memory.");
        }
    }

    /// <summary>Where all elements of a node lie row-major.</summary>
    private DeviceLocation Whole(GraphNode node) => Memory(_fusion.Whole(node));
}
