namespace ProbNet.Autodiff;

/// <summary>
/// Prints a <see cref="ScanKernel"/>. A work item runs along one line. Where a graphics processor has few and long lines, a work group runs along one: each item brings a
/// piece of the line together, takes in the totals of the pieces before, and goes over its piece once more.
/// </summary>
internal sealed class OpenClSourceScan
{
    private const int Group = 128;
    private const int FewLines = 1024;

    private readonly ScanKernel _kernel;
    private readonly SourceWriter _writer;
    private readonly SourceLines _lines;
    private readonly SourceReduction _reduction;
    private readonly string _source;
    private readonly string _target;
    private readonly string _length;

    private OpenClSourceScan(ScanKernel kernel, bool isInGroups)
    {
        _kernel = kernel;
        _writer = new SourceWriter("scan") { GroupSize = isInGroups ? Group : 0 };
        _lines = new(_writer, kernel.Outer, 1, kernel.Inner, kernel.Length);
        _reduction = new(_writer, kernel.Kind, kernel.Type);
        _source = _writer.Slice(0, kernel.Type, 0, isWritten: false);
        _target = _writer.Slice(1, kernel.Type, 0, isWritten: true);
        _length = _writer.Size(kernel.Length);
    }

    public static OpenClBackendPlan Print(ScanKernel kernel, OpenClBackendStyle style)
    {
        if (kernel.Outer == 0 || kernel.Length == 0 || kernel.Inner == 0)
        {
            return new([]);
        }

        bool isInGroups = style == OpenClBackendStyle.Graphics && kernel.Length > 2 * Group && (long)kernel.Outer * kernel.Inner < FewLines;
        var printer = new OpenClSourceScan(kernel, isInGroups);
        return OpenClBackendPlan.Of(isInGroups ? printer.PrintGroups() : printer.PrintItems());
    }

    private OpenClBackendStage PrintItems()
    {
        _lines.Open();
        State("a", "d");
        Along("0", _length, writes: true);
        return _lines.Stage();
    }

    private OpenClBackendStage PrintGroups()
    {
        _writer.Line($"__local {_reduction.Value} values[{Group}];");
        if (_reduction.Second is { } second)
        {
            _writer.Line($"__local {second} seconds[{Group}];");
        }

        _writer.Line("int item = get_group_id(0);");
        _writer.Line("int t = get_local_id(0);");
        _lines.Split("item");
        string piece = _writer.Size((_kernel.Length + Group - 1) / Group);
        _writer.Line($"int from = min(t * {piece}, {_length});");
        _writer.Line($"int to = min(from + {piece}, {_length});");
        State("a", "d");
        Along("from", "to", writes: false);
        _writer.Line("values[t] = a;");
        if (_reduction.Second is not null)
        {
            _writer.Line("seconds[t] = d;");
        }

        _writer.Line("barrier(CLK_LOCAL_MEM_FENCE);");
        _writer.Line($"a = {_reduction.First};");
        if (_reduction.Second is not null)
        {
            _writer.Line($"d = {_reduction.FirstSecond};");
        }

        _writer.Open("for (int before = 0; before < t; before++)");
        _reduction.Merge("a", "d", "values[before]", "seconds[before]");
        _writer.Close();
        Along("from", "to", writes: true);
        return _writer.Stage(new(_lines.Items * Group), new(Group));
    }

    private void State(string value, string second)
    {
        _writer.Line($"{_reduction.Value} {value} = {_reduction.First};");
        if (_reduction.Second is { } type)
        {
            _writer.Line($"{type} {second} = {_reduction.FirstSecond};");
        }
    }

    private void Along(string from, string to, bool writes)
    {
        _writer.Open($"for (int j = {from}; j < {to}; j++)");
        _writer.Line($"int at = {_lines.Start(0)} + {(_kernel.IsReversed ? $"({_length} - 1 - j)" : "j")} * {_lines.Step};");
        _writer.Line($"{_reduction.Value} x = {_source}[at];");
        _reduction.Fold("a", "d", "x", "j");
        if (writes)
        {
            _writer.Line($"{_target}[at] = {_reduction.Result("a", "d")};");
        }

        _writer.Close();
    }
}
