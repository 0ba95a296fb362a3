namespace ProbNet.Autodiff;

/// <summary>
/// Puts the nodes of a graph into stages. As many operations on rows as possible come into one stage, so that a tile of rows goes through a whole
/// forward and backward pass; what sums over rows (weight gradients, losses) waits for the stage to end, and then runs side by side.
/// </summary>
internal sealed class Scheduler
{
    // The longest fused program: its listing stays readable, and building it fast.
    private const int LongestProgram = 256;

    private readonly List<GraphNode> _waiting;
    private readonly HashSet<GraphNode> _done = new(ReferenceEqualityComparer.Instance);
    private readonly List<GraphStage> _stages = [];

    private Scheduler(List<GraphNode> order)
    {
        foreach (GraphNode node in order.Where(node => node.Kind != NodeKind.Operation))
        {
            _done.Add(node);
        }

        _waiting = [.. order.Where(node => node.Kind == NodeKind.Operation)];
    }

    /// <summary>The stages of a graph, from its nodes with inputs before what uses them.</summary>
    public static List<GraphStage> Schedule(List<GraphNode> order)
    {
        var scheduler = new Scheduler(order);

        // First what depends on inputs alone, such as draws and lookups: it would interrupt the rows later.
        scheduler.AddRest();
        while (scheduler._waiting.Count > 0)
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
        GraphNode? first = _waiting.Find(node => IsReady(node, []) && RowForm.IsRowwise(node, _ => false) && node.Op is not Reshape);
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

        _done.UnionWith(members);
        _stages.Add(stage);
        return true;
    }

    /// <summary>Moves the nodes that can run by rows now, and that a condition selects, from those that wait to the members of the stage.</summary>
    private List<GraphNode> Take(int rows, HashSet<GraphNode> members, int most, Predicate<GraphNode> condition)
    {
        var taken = new List<GraphNode>();
        foreach (GraphNode node in _waiting)
        {
            if (taken.Count < most && condition(node) && RowForm.Of(node.Shape).Rows == rows && IsReady(node, members)
                && RowForm.IsRowwise(node, members.Contains))
            {
                taken.Add(node);
                members.Add(node);
            }
        }

        _waiting.RemoveAll(members.Contains);
        return taken;
    }

    /// <summary>Everything else that can run now, side by side; shapes that only look at memory in another way are done at once.</summary>
    private void AddRest()
    {
        var stage = new GraphStage();
        List<GraphNode> ready = _waiting.FindAll(node => IsReady(node, []) && (node.Op is Reshape || !RowForm.IsRowwise(node, _ => false)));
        foreach (GraphNode node in ready.Where(node => node.Op is not Reshape))
        {
            stage.Steps.Add([node]);
        }

        _done.UnionWith(ready);
        _waiting.RemoveAll(_done.Contains);
        if (stage.Steps.Count > 0)
        {
            _stages.Add(stage);
        }
    }

    private bool IsReady(GraphNode node, HashSet<GraphNode> members) =>
        Array.TrueForAll(node.Inputs, input => _done.Contains(input) || members.Contains(input));
}
