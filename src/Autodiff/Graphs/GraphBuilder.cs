namespace ProbNet.Autodiff;

/// <summary>
/// Turns what a trace recorded into nodes: only what a result, write or update needs, equal operations on equal inputs once, and without operations
/// that do nothing. Operations on constants have been computed while tracing already.
/// </summary>
internal sealed class GraphBuilder
{
    private readonly Dictionary<Tensor, GraphNode> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Expression, GraphNode> _expressions = [];
    private readonly List<GraphNode> _order = [];

    private GraphBuilder()
    {
    }

    /// <summary>The graph of a traced function.</summary>
    /// <param name="symbols">What stands for the arguments.</param>
    /// <param name="trace">What it reads, writes and updates.</param>
    /// <param name="results">What it returns.</param>
    public static TracedGraph Build(Tensor[] symbols, Trace trace, Tensor[] results)
    {
        var builder = new GraphBuilder();
        for (int i = 0; i < symbols.Length; i++)
        {
            builder.Define(symbols[i], GraphNode.Input(new(symbols[i].Shape, symbols[i].DType), i));
        }

        foreach (Parameter parameter in trace.Reads)
        {
            builder.Define(trace.SymbolOf(parameter), GraphNode.State(parameter));
        }

        Tensor[] roots = [.. results, .. trace.Writes.Values, .. trace.Updates.SelectMany(update => update.Needs)];
        foreach (Tensor operation in Recorded(roots, builder._nodes))
        {
            TapeNode node = operation.Node!;
            builder._nodes[operation] = builder.Simplified(node.Op, new(operation.Shape, operation.DType), Array.ConvertAll(node.Inputs, builder.NodeOf));
        }

        var graph = new TracedGraph(
            [.. symbols.Select(builder.NodeOf)],
            [.. results.Select(builder.NodeOf)],
            [.. trace.Writes.Select(write => (write.Key, builder.NodeOf(write.Value)))],
            [.. trace.Updates.Select(update => (update, (GraphNode[])[.. update.Needs.Select(builder.NodeOf)]))]);
        return EmbedSums.Join(graph);
    }

    private void Define(Tensor symbol, GraphNode node)
    {
        _nodes[symbol] = node;
        _order.Add(node);
    }

    private GraphNode NodeOf(Tensor tensor)
    {
        if (_nodes.TryGetValue(tensor, out GraphNode? node))
        {
            return node;
        }

        if (tensor.IsSymbolic)
        {
            throw new TracingException(
                $"Graph.Compile: the function uses a symbol {tensor.DType} {tensor.Shape} of another function that is being traced; "
                + "pass it as an argument, and do not keep tensors of a traced function for later.");
        }

        return _nodes[tensor] = GraphNode.Of(tensor);
    }

    private GraphNode Simplified(Op op, TensorType type, GraphNode[] inputs)
    {
        switch (op)
        {
            case Identity or StopGradient or SameValue:
            case BroadcastTo or Reshape when inputs[0].Shape == type.Shape:
            case Cast when inputs[0].Type == type:
            case Multiply when inputs[1].Is(1) && inputs[0].Type == type:
            case Divide when inputs[1].Is(1) && inputs[0].Type == type:
                return inputs[0];
            case Multiply when inputs[0].Is(1) && inputs[1].Type == type:
                return inputs[1];
            case BroadcastTo or Reshape when inputs[0].IsUniform:
                return GraphNode.Uniform(inputs[0].Constant!, type.Shape);
            case Reshape when inputs[0].Op is Reshape:
                return Simplified(op, type, inputs[0].Inputs);
            case PassWherePositive when _expressions.TryGetValue(new Expression(Relu.Instance, inputs[0].Type, [inputs[0]]), out GraphNode? relu):
                // relu(x) is above 0 exactly where x is: x itself need not be kept.
                return Unique(op, type, [relu, inputs[1]]);
            case Negate when inputs[0].Op is Negate:
                return inputs[0].Inputs[0];
            case Mean mean:
                int count = mean.Count(inputs[0].Shape);
                GraphNode sum = Unique(new Sum(mean.Axes, mean.KeepDims), type, inputs);
                return Unique(Divide.Instance, type, [sum, GraphNode.Uniform(Tensor.Full(Shape.Scalar, count, type.DType), Shape.Scalar)]);
            default:
                return Unique(op, type, inputs);
        }
    }

    /// <summary>The node of an expression: the one that was made first.</summary>
    private GraphNode Unique(Op op, TensorType type, GraphNode[] inputs)
    {
        var expression = new Expression(op, type, inputs);
        if (!_expressions.TryGetValue(expression, out GraphNode? node))
        {
            node = GraphNode.Operation(op, type, inputs);
            _order.Add(node);
            _expressions[expression] = node;
        }

        return node;
    }

    /// <summary>The computed symbols behind the roots, inputs before what uses them.</summary>
    private static List<Tensor> Recorded(Tensor[] roots, Dictionary<Tensor, GraphNode> known)
    {
        var order = new List<Tensor>();
        var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<Tensor>(roots);
        while (pending.TryPop(out Tensor? tensor))
        {
            if (!tensor.IsSymbolic || tensor.Node is null || known.ContainsKey(tensor) || !seen.Add(tensor))
            {
                continue;
            }

            order.Add(tensor);
            foreach (Tensor input in tensor.Node.Inputs)
            {
                pending.Push(input);
            }
        }

        order.Sort(static (a, b) => a.Node!.Id.CompareTo(b.Node!.Id));
        return order;
    }

    /// <summary>An operation with its inputs, equal by attributes and by the identity of the inputs.</summary>
    private readonly struct Expression(Op op, TensorType type, GraphNode[] inputs) : IEquatable<Expression>
    {
        private readonly Op _op = op;
        private readonly TensorType _type = type;
        private readonly GraphNode[] _inputs = inputs;

        public bool Equals(Expression other)
        {
            if (_type != other._type || _inputs.Length != other._inputs.Length)
            {
                return false;
            }

            for (int i = 0; i < _inputs.Length; i++)
            {
                if (!SameInput(_inputs[i], other._inputs[i]))
                {
                    return false;
                }
            }

            return OpEquality.Same(_op, other._op);
        }

        public override bool Equals(object? obj) => obj is Expression other && Equals(other);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.Add(_op.GetType());
            hash.Add(_type.Shape);
            foreach (GraphNode input in _inputs)
            {
                hash.Add(input.IsUniform ? 0 : System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(input));
            }

            return hash.ToHashCode();
        }

        // Number literals make a new tensor each time they are written.
        private static bool SameInput(GraphNode a, GraphNode b) => ReferenceEquals(a, b)
            || (a.IsUniform && b.IsUniform && a.Type == b.Type && ConstantPool.Bits(a) == ConstantPool.Bits(b));
    }
}
