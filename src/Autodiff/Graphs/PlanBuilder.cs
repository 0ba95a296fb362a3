namespace ProbNet.Autodiff;

/// <summary>Makes a plan of a graph: decides what runs with what, which values need memory and where, and makes the steps.</summary>
internal sealed partial class PlanBuilder
{
    private readonly TracedGraph _graph;
    private readonly List<GraphStage> _stages;
    private readonly ParameterBlock[] _blocks;
    private readonly int _updates;
    private readonly ConstantPool _constants = new();
    private readonly ArenaPlan _arena = new();
    private readonly Dictionary<GraphNode, Location> _locations = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<GraphNode, (int First, int Last)> _lives = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<GraphNode> _single = new(ReferenceEqualityComparer.Instance);
    private readonly List<Location> _gradients = [];
    private readonly List<OpStep> _opSteps = [];
    private readonly HashSet<GraphNode> _ofCall = new(ReferenceEqualityComparer.Instance);
    private readonly List<long> _callSegments = [];
    private readonly Dictionary<GraphNode, int> _opStepOf = new(ReferenceEqualityComparer.Instance);
    private readonly List<(Parameter Parameter, Location Location)> _parameters = [];
    private long _parameterBytes;

    private PlanBuilder(TracedGraph graph, ParameterBlock[] updated, ParameterBlock[] written)
    {
        _graph = graph;
        _blocks = [.. updated, .. written];
        _updates = updated.Length;
        _stages = Scheduler.Schedule(graph.Sorted());
    }

    /// <summary>The plan of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="updated">The blocks of the parameters that are stepped, one for each update.</param>
    /// <param name="written">The blocks of the parameters that are written.</param>
    /// <param name="inputCount">How many of its inputs are arguments of a call.</param>
    public static Plan Build(TracedGraph graph, ParameterBlock[] updated, ParameterBlock[] written, int inputCount) =>
        new PlanBuilder(graph, updated, written).Build(inputCount);

    private Plan Build(int inputCount)
    {
        FindLives();
        PlaceGradients();
        FindMemoryOfCalls(inputCount);
        PlaceValues();
        var stages = new List<PlanStage>();
        foreach (GraphStage stage in _stages)
        {
            if (stage.Rows is { } rows)
            {
                AddRowStage(stages, stage, rows);
            }
            else
            {
                AddTileStages(stages, stage);
            }
        }

        // Results are whole values: of a uniform constant all elements.
        (TensorType, Location)[] results = Array.ConvertAll(_graph.Results, node => (node.Type, Whole(node)));
        PlanUpdate[] updates = [.. Enumerable.Range(0, _updates).Select(Update)];
        PlanWrite[] writes = [.. _blocks[_updates..].Select(Write)];
        byte[] constants = _constants.ToMemory();
        return new Plan
        {
            Inputs = Array.ConvertAll(_graph.Inputs, node => node.Type),
            InputLocations = Array.ConvertAll(_graph.Inputs, node => _locations[node]),
            InputCount = inputCount,
            Stages = [.. stages],
            Results = results,
            Parameters = _parameters,
            Updates = updates,
            Writes = writes,
            Blocks = _blocks,
            CallSegments = [.. _callSegments],
            IsShared = stages.Exists(stage => stage.IsShared),
            OpSteps = _opSteps,
            Constants = constants,
            ArenaBytes = _arena.Bytes,
            ParameterBytes = _parameterBytes,
            Listing = PlanListing.Of(_graph, _stages, _lives.ContainsKey, _arena.Bytes + _opSteps.Sum(step => step.Bytes), _constants.Bytes, _parameterBytes),
        };
    }

    private PlanUpdate Update(int index)
    {
        (TracedUpdate update, GraphNode[] needs) = _graph.Updates[index];
        ParameterBlock block = _blocks[index];
        var copies = new List<(Location, Location, long)>();
        for (int k = 0; k < update.Parameters.Count; k++)
        {
            Location from = Whole(needs[k]), to = PlaceOf(_gradients[index], block, update.Parameters[k]);
            if (from != to)
            {
                copies.Add((from, to, needs[k].Bytes));
            }
        }

        return new(update.Optimizer, block, _gradients[index], [.. copies], update.Guard, update.Guard is null ? null : Whole(needs[^1]), KeepsOld(index));
    }

    // Results, writings, and the gradients of other steps may be old values of the block.
    private bool KeepsOld(int block) => _graph.Results
        .Concat(_graph.Writes.Select(write => write.Value))
        .Concat(_graph.Updates.Where((_, i) => i != block).SelectMany(update => update.Needs))
        .Any(node => Whole(node).Segment == Location.First + block);

    private PlanWrite Write(ParameterBlock block) => new(
        block,
        [.. _graph.Writes.Where(write => block.OffsetOf(write.Parameter) is not null)
            .Select(write => (Whole(write.Value), block.OffsetOf(write.Parameter)!.Value, write.Value.Bytes))]);

    private static Location PlaceOf(Location start, ParameterBlock block, Parameter parameter) =>
        start with { Offset = start.Offset + block.OffsetOf(parameter)!.Value };

    private void AddRowStage(List<PlanStage> stages, GraphStage stage, int rows)
    {
        List<GraphNode> nodes = [.. stage.Steps.SelectMany(step => step)];
        int tileRows = stage.TileRows;
        var steps = new List<RowStep>();
        var packs = new List<TileStep>();
        double packing = 0;
        foreach (List<GraphNode> step in stage.Steps)
        {
            if (stage.IsFused(step))
            {
                steps.Add(FusedProgramBuilder.Build(step, rows, Memory));
                continue;
            }

            // A matrix that several tiles multiply by is brought into the order of the kernel once for all of them.
            GraphNode right = step[0].Inputs[1];
            bool isTransposed = ((MatMul)step[0].Op!).TransposeRight;
            bool isPacked = PlanCosts.PaysPacking(right.Shape.Size, isTransposed, (rows + tileRows - 1) / tileRows);
            packing += isPacked ? right.Shape.Size : 0;
            steps.Add(step[0].Type.DType == DType.Float32 ? Product<float>(step[0], isPacked, packs) : Product<double>(step[0], isPacked, packs));
        }

        if (packs.Count > 0)
        {
            stages.Add(new TileStage([.. packs], packing));
        }

        stages.Add(new RowStage(rows, tileRows, [.. steps], nodes.Sum(PlanCosts.Nanoseconds)));
    }

    private RowStep Product<T>(GraphNode node, bool isPacked, List<TileStep> packs) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        bool transpose = ((MatMul)node.Op!).TransposeRight;
        GraphNode a = node.Inputs[0], b = node.Inputs[1];
        int k = a.Shape[-1], n = node.Shape[-1], each = RowForm.Of(node.Shape).Width / Math.Max(n, 1);
        if (!isPacked)
        {
            return new ProductStep<T>(Whole(a), Whole(b), Whole(node), each, n, k, transpose);
        }

        var packed = new Location(Location.Arena, _arena.Append((long)MatMulKernel.PackedLength<T>(n, k) * node.Type.DType.ByteSize()));
        packs.Add(new PackStep<T>(Whole(b), packed, n, k, transpose));
        return new PackedProductStep<T>(Whole(a), packed, Whole(node), each, n, k);
    }

    private void AddTileStages(List<PlanStage> stages, GraphStage stage)
    {
        var together = new List<TileStep>();
        double nanoseconds = 0;
        foreach (List<GraphNode> step in stage.Steps)
        {
            TileStep single = Single(step[0]);
            if (RunsOnArrays(step[0]) && step[0].Op!.SharesThreads)
            {
                stages.Add(new TileStage([single], PlanCosts.Nanoseconds(step[0])));
                continue;
            }

            together.Add(single);
            nanoseconds += PlanCosts.Nanoseconds(step[0]);
        }

        TileStep[] before = [.. together.Select(step => step.Before).OfType<TileStep>()];
        if (before.Length > 0)
        {
            stages.Add(new TileStage(before, nanoseconds));
        }

        if (together.Count > 0)
        {
            stages.Add(new TileStage([.. together], nanoseconds));
        }
    }

    private TileStep Single(GraphNode node)
    {
        if (RunsOnArrays(node))
        {
            var step = new OpStep(node.Op!, Array.ConvertAll(node.Inputs, Input), node.Type, _opSteps.Count);
            _opSteps.Add(step);
            return step;
        }

        if (node.Op is ReduceOp reduction)
        {
            return new ReduceStep(reduction, node.Inputs[0].Type, Whole(node.Inputs[0]), Whole(node));
        }

        var product = (MatMul)node.Op!;
        GraphNode a = node.Inputs[0];
        int m = node.Shape[-2], n = node.Shape[-1], k = a.Shape[product.TransposeLeft ? -2 : -1];
        Location b = Whole(node.Inputs[1]), c = Whole(node);

        Location Scratch(long elements) => new(Location.Arena, elements == 0 ? 0 : _arena.Append(elements * node.Type.DType.ByteSize()));
        return node.Type.DType == DType.Float32
            ? new ProductTiles<float>(
                Whole(a), b, c, Scratch(MatMulTask<float>.ScratchLength(m, n, k)), m, n, k, product.TransposeLeft, product.TransposeRight)
            : new ProductTiles<double>(
                Whole(a), b, c, Scratch(MatMulTask<double>.ScratchLength(m, n, k)), m, n, k, product.TransposeLeft, product.TransposeRight);
    }

    private OpStepInput Input(GraphNode node)
    {
        var type = new TensorType(node.Shape, node.Type.DType);
        GraphNode source = Base(node);
        return source.Kind == NodeKind.Constant
            ? new(type, null, ConstantPool.Tensor(source).Reshape(node.Shape), null)
            : new(type, Whole(source), null, _opStepOf.TryGetValue(source, out int other) ? other : null);
    }

    /// <summary>Whether a node that is computed on its own runs on arrays, as eagerly, because it has no step of its own kind.</summary>
    private bool RunsOnArrays(GraphNode node)
    {
        if (!_single.Contains(node))
        {
            return false;
        }

        return node.Op switch
        {
            ReduceOp reduction => !reduction.AreTogether,
            MatMul => !(node.Type.DType.IsFloating() && RowForm.Matrix(node.Inputs[0].Shape) && RowForm.Matrix(node.Inputs[1].Shape)),
            _ => true,
        };
    }

    /// <summary>Where a fused program finds a node; null for what it keeps to itself.</summary>
    private Location? Memory(GraphNode node) => node.IsUniform ? _constants.Element(node)
        : Base(node).Kind != NodeKind.Operation || _locations.ContainsKey(Base(node)) ? Whole(node) : null;

    /// <summary>Where all elements of a node are.</summary>
    private Location Whole(GraphNode node)
    {
        node = Base(node);
        switch (node.Kind)
        {
            case NodeKind.Constant:
                return _constants.Whole(node);
            case NodeKind.Parameter:
                return ParameterPlace(node.Parameter!);
            default:
                return _locations[node];
        }
    }

    private Location ParameterPlace(Parameter parameter)
    {
        for (int i = 0; i < _blocks.Length; i++)
        {
            if (_blocks[i].OffsetOf(parameter) is { } offset)
            {
                return new(Location.First + i, offset);
            }
        }

        foreach ((Parameter known, Location location) in _parameters)
        {
            if (ReferenceEquals(known, parameter))
            {
                return location;
            }
        }

        const int alignment = 64;
        var added = new Location(Location.Parameters, _parameterBytes);
        _parameters.Add((parameter, added));
        _parameterBytes += (((long)parameter.Shape.Size * parameter.DType.ByteSize()) + alignment - 1) / alignment * alignment;
        return added;
    }

    /// <summary>What holds the elements of a node: a reshape looks at those of its input.</summary>
    private static GraphNode Base(GraphNode node)
    {
        while (node.Op is Reshape)
        {
            node = node.Inputs[0];
        }

        return node;
    }
}
