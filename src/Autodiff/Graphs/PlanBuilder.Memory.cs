namespace ProbNet.Autodiff;

// Which values need memory, and where they lie.
internal sealed partial class PlanBuilder
{
    // An input or result of so many bytes is read or written where the caller has it: pinning an array costs less than copying it.
    private const long BytesThatPayPinning = 1 << 16;

    /// <summary>Which values need memory, because another step than the one that computes them reads them, and from which stage to which.</summary>
    private void FindLives()
    {
        int end = _stages.Count;
        var made = new Dictionary<GraphNode, int>(ReferenceEqualityComparer.Instance);
        foreach (GraphNode input in _graph.Inputs)
        {
            _lives[input] = (-1, end);
        }

        for (int stage = 0; stage < end; stage++)
        {
            foreach (GraphNode node in _stages[stage].Steps.SelectMany(step => step))
            {
                made[node] = stage;
                if (_stages[stage].Rows is null)
                {
                    _single.Add(node);
                }
            }
        }

        for (int stage = 0; stage < end; stage++)
        {
            foreach (List<GraphNode> step in _stages[stage].Steps)
            {
                bool isFused = _stages[stage].IsFused(step);
                var own = new HashSet<GraphNode>(step, ReferenceEqualityComparer.Instance);
                foreach (GraphNode node in step)
                {
                    if (!isFused)
                    {
                        Use(node, stage);
                    }

                    foreach (GraphNode input in node.Inputs)
                    {
                        if (!isFused || !own.Contains(input))
                        {
                            Use(input, stage);
                        }
                    }
                }
            }
        }

        foreach (GraphNode root in _graph.Roots)
        {
            Use(root, end);
        }

        void Use(GraphNode node, int stage)
        {
            node = Base(node);
            if (node.Kind == NodeKind.Operation)
            {
                _lives[node] = _lives.TryGetValue(node, out (int First, int Last) life) ? (life.First, Math.Max(life.Last, stage)) : (made[node], stage);
            }
        }
    }

    /// <summary>Puts gradients where the optimizer wants them, if they are free to go there.</summary>
    private void PlaceGradients()
    {
        for (int i = 0; i < _graph.Updates.Length; i++)
        {
            (TracedUpdate update, GraphNode[] needs) = _graph.Updates[i];
            ParameterBlock block = _blocks[i];
            var start = new Location(Location.Arena, _arena.Place((long)block.Layout.Length * block.ElementBytes, -1, int.MaxValue));
            _gradients.Add(start);
            for (int k = 0; k < update.Parameters.Count; k++)
            {
                GraphNode gradient = Base(needs[k]);
                if (gradient.Kind == NodeKind.Operation && !RunsOnArrays(gradient))
                {
                    _locations.TryAdd(gradient, PlaceOf(start, block, update.Parameters[k]));
                }
            }
        }
    }

    /// <summary>Which values lie in memory that a call brings.</summary>
    private void FindMemoryOfCalls(int inputCount)
    {
        IEnumerable<GraphNode> results = _graph.Results.Select(Base)
            .Where(node => node.Kind == NodeKind.Operation && !_locations.ContainsKey(node) && !RunsOnArrays(node));
        _ofCall.UnionWith(_graph.Inputs[..inputCount].Concat(results).Where(node => !node.IsUniform && node.Bytes >= BytesThatPayPinning));
    }

    private void PlaceValues()
    {
        foreach ((GraphNode node, (int first, int last)) in _lives.OrderBy(life => life.Value.First).ThenBy(life => life.Key.Index))
        {
            if (_locations.ContainsKey(node))
            {
                continue;
            }

            if (RunsOnArrays(node))
            {
                _opStepOf[node] = _opStepOf.Count;
                _locations[node] = new(Location.First + _blocks.Length + _ofCall.Count + _opStepOf[node], 0);
                continue;
            }

            if (_ofCall.Contains(node))
            {
                _locations[node] = new(Location.First + _blocks.Length + _callSegments.Count, 0);
                _callSegments.Add(node.Kind == NodeKind.Input ? -1 : _arena.Place(node.Bytes, first, last));
                continue;
            }

            _locations[node] = new(Location.Arena, _arena.Place(node.Bytes, first, last));
        }
    }
}
