using System.Text;

namespace ProbNet.Autodiff;

/// <summary>
/// One kernel function while it is printed: its statements, and its parameters with the arguments that they take. Names are numbered as they come, so that
/// descriptions of one structure give one text whatever their sizes.
/// </summary>
/// <param name="function">The function's name.</param>
internal sealed class SourceWriter(string function)
{
    private readonly StringBuilder _body = new();
    private readonly List<string> _parameters = [];
    private readonly List<string> _starts = [];
    private readonly List<OpenClBackendArgument> _arguments = [];
    private readonly Dictionary<(int, DType), string> _numbers = [];
    private readonly SortedSet<string> _helpers = new(StringComparer.Ordinal);
    private int _depth = 1;

    /// <summary>The items of a group, if the text depends on them.</summary>
    public int GroupSize { get; init; }

    /// <summary>A statement, or a part of one, on a line.</summary>
    public void Line(string text) => _body.Append(' ', 4 * _depth).Append(text).Append('\n');

    /// <summary>A line, and a block that <see cref="Close"/> ends.</summary>
    public void Open(string text)
    {
        Line(text);
        Line("{");
        _depth++;
    }

    public void Close()
    {
        _depth--;
        Line("}");
    }

    /// <summary>A helper function that the text calls: see <see cref="SourceHelpers"/>.</summary>
    public string Helper(string name)
    {
        _helpers.Add(name);
        return name;
    }

    /// <summary>A slice of the launch, as a pointer to its first element or to the one at an offset.</summary>
    public string Slice(int slice, DType type, int offset, bool isWritten)
    {
        string name = Next("b");
        Add($"__global {(isWritten ? "" : "const ")}{SourceText.InMemory(type)}* {name}", new(OpenClBackendArgumentKind.Slice, slice));
        Start(name, new(OpenClBackendArgumentKind.SliceOffset, slice, type, offset));
        return name;
    }

    /// <summary>A part of the scratch memory, from a byte on.</summary>
    public string Scratch(string type, int elementSize, long offset)
    {
        string name = Next("b");
        Add($"__global {type}* {name}", new(OpenClBackendArgumentKind.Scratch));
        Start(name, new(OpenClBackendArgumentKind.Value, Value: offset / elementSize));
        return name;
    }

    /// <summary>A size, which is the same at every launch.</summary>
    public string Size(long value)
    {
        string name = Next("n");
        Add("int " + name, new(OpenClBackendArgumentKind.Value, Value: checked((int)value)));
        return name;
    }

    /// <summary>A factor of a division, which is the same at every launch.</summary>
    public string Factor(uint value)
    {
        string name = Next("f");
        Add("uint " + name, new(OpenClBackendArgumentKind.Value, Value: value));
        return name;
    }

    /// <summary>A stride, which is the same at every launch.</summary>
    public string Stride(int value)
    {
        string name = Next("s");
        Add("int " + name, new(OpenClBackendArgumentKind.Value, Value: value));
        return name;
    }

    /// <summary>A step that may be beyond 32 bits.</summary>
    public string Step(long value)
    {
        string name = Next("s");
        Add("long " + name, new(OpenClBackendArgumentKind.Value, Value: value));
        return name;
    }

    /// <summary>A number of the launch, as a type.</summary>
    public string Number(int number, DType type)
    {
        if (!_numbers.TryGetValue((number, type), out string? name))
        {
            name = Next("c");
            _numbers.Add((number, type), name);
            Add($"{SourceText.InRegister(type)} {name}", new(OpenClBackendArgumentKind.Number, number, type));
        }

        return name;
    }

    /// <summary>The finished stage.</summary>
    public OpenClBackendStage Stage(WorkSize global, WorkSize local)
    {
        var tail = new StringBuilder("(").AppendJoin(", ", _parameters).Append(")\n{\n");
        foreach (string start in _starts)
        {
            tail.Append("    ").Append(start).Append('\n');
        }

        tail.Append(_body).Append("}\n");
        string attribute = GroupSize > 0 ? $"__attribute__((reqd_work_group_size({SourceText.Number(GroupSize)}, 1, 1))) " : "";
        return new(new($"__kernel {attribute}void ", function, tail.ToString(), _helpers), [.. _arguments], global, local);
    }

    private string Next(string letter) => letter + SourceText.Number(_parameters.Count);

    private void Add(string parameter, OpenClBackendArgument argument)
    {
        _parameters.Add(parameter);
        _arguments.Add(argument);
    }

    private void Start(string pointer, OpenClBackendArgument argument)
    {
        string name = Next("o");
        Add("long " + name, argument);
        _starts.Add($"{pointer} += {name};");
    }
}
