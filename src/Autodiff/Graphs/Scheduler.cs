namespace ProbNet.Autodiff;

/// <summary>
/// Puts the nodes of a graph into stages. As many operations on rows as possible come into one stage, so that a tile of rows goes through a whole
/// forward and backward pass; what sums over rows (weight gradients, losses) waits for the stage to end, and then runs side by side.
/// </summary>
internal sealed class Scheduler
{
    // The longest fused program: its listing stays readable, and building it fast.
    private const int LongestProgram = 256;

    private readonly List<GraphStage> _stages = [];

    // By the nodes' positions: what uses a node, and how many of its inputs are not there yet.
    private readonly List<GraphNode>[] _users;
    private readonly int[] _missing;

    // The nodes whose inputs are all there, in the order of the graph: done, or in the stage that is being filled.
    private readonly List<GraphNode> _ready = [];

    private Scheduler(List<GraphNode> order)
    {
        _users = new List<GraphNode>[order.Count];
        _missing = new int[order.Count];
        foreach (GraphNode node in order)
        {
            _users[node.Index] = [];
            foreach (GraphNode input in node.Inputs.Where(input => input.Kind == NodeKind.Operation))
            {
                _users[input.Index].Add(node);
                _missing[node.Index]++;
            }
        }

        _ready.AddRange(order.Where(node => node.Kind == NodeKind.Operation && _missing[node.Index] == 0));
    }

    /// <summary>The stages of a graph, from its nodes with inputs before what uses them.</summary>
    public static List<GraphStage> Schedule(List<GraphNode> order)
    {
        var scheduler = new Scheduler(order);

        // First what depends on inputs alone, such as draws and lookups: it would interrupt the rows later.
        scheduler.AddRest();
        while (scheduler._ready.Count > 0)
        {
            if (!scheduler.AddRows())
            {
                scheduler.AddRest();
            }
        }

        return scheduler._stages;
    }

    /// <summary>Opens a stage by rows with the first node that can run in one, and puts in what can follow.</summary>
    private bool AddRows()
    {
        GraphNode? first = _ready.Find(node => node.Op is not Reshape && RowForm.IsRowwise(node, _ => false));
        if (first is null)
        {
            return false;
        }

        int rows = RowForm.Of(first.Shape).Rows;
        var stage = new GraphStage { Rows = rows };
        var members = new HashSet<GraphNode>(ReferenceEqualityComparer.Instance);
        while (true)
        {
            bool any = false;
            foreach (GraphNode product in Take(rows, members, int.MaxValue, node => node.Op is MatMul))
            {
                stage.Steps.Add([product]);
                any = true;
            }

            List<GraphNode> program = Take(rows, members, LongestProgram, node => node.Op is not MatMul);
            if (program.Count > 0)
            {
                stage.Steps.Add(program);
                any = true;
            }

            if (!any)
            {
                break;
            }
        }

        _stages.Add(stage);
        return true;
    }

    /// <summary>Moves the nodes that can run by rows now, and that a condition selects, to the members of the stage.</summary>
    private List<GraphNode> Take(int rows, HashSet<GraphNode> members, int most, Predicate<GraphNode> condition)
    {
        var taken = new List<GraphNode>();
        for (int i = 0; i < _ready.Count && taken.Count < most;)
        {
            GraphNode node = _ready[i];
            if (!condition(node) || RowForm.Of(node.Shape).Rows != rows || !RowForm.IsRowwise(node, members.Contains))
            {
                i++;
                continue;
            }

            // What becomes ready by it comes after it.
            taken.Add(node);
            members.Add(node);
            Finish(node);
        }

        return taken;
    }

    /// <summary>Everything else that can run now, side by side; shapes that only look at memory in another way are done at once.</summary>
    private void AddRest()
    {
        var stage = new GraphStage();
        foreach (GraphNode node in _ready.FindAll(node => node.Op is Reshape || !RowForm.IsRowwise(node, _ => false)))
        {
            Finish(node);
            if (node.Op is not Reshape)
            {
                stage.Steps.Add([node]);
            }
        }

        if (stage.Steps.Count > 0)
        {
            _stages.Add(stage);
        }
    }

    /// <summary>Takes a node from those that are ready, and adds those that waited for it alone.</summary>
    private void Finish(GraphNode node)
    {
        _ready.RemoveAt(PlaceOf(node));
        foreach (GraphNode user in _users[node.Index])
        {
            if (--_missing[user.Index] == 0)
            {
                _ready.Insert(PlaceOf(user), user);
            }
        }
    }

    /// <summary>Where a node stands among those that are ready, or would.</summary>
    private int PlaceOf(GraphNode node)
    {
        int from = 0, to = _ready.Count;
        while (from < to)
        {
            int middle = (from + to) / 2;
            (from, to) = _ready[middle].Index < node.Index ? (middle + 1, to) : (from, middle);
        }

        return from;
    }
}
