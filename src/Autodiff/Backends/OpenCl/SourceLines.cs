namespace ProbNet.Autodiff;

/// <summary>
/// The lines along the middle axis of a row-major array [outer, length, inner], for kernels whose items are elements or lines: a pointer to such an array, moved to
/// the start of an item's line, has its elements at multiples of <see cref="Step"/>.
/// </summary>
internal sealed class SourceLines
{
    private readonly SourceWriter _writer;
    private readonly SourceSpace _space;
    private readonly SourceIndex _index;

    /// <param name="writer">The function.</param>
    /// <param name="outer">The product of the axes before.</param>
    /// <param name="length">The axis along which items are, 1 for items that are lines.</param>
    /// <param name="inner">The product of the axes behind.</param>
    /// <param name="lengths">The middle axes of the arrays that <see cref="Start"/> is asked for.</param>
    public SourceLines(SourceWriter writer, int outer, int length, int inner, params int[] lengths)
    {
        _writer = writer;
        _space = SourceSpace.Of([outer, length, inner], [.. lengths.Select(of => new View(0, [checked(of * inner), 0, 1]))], [true, true, true]);
        _index = new(writer, _space);
        Step = writer.Size(inner);
    }

    /// <summary>Elements from one of a line to the next.</summary>
    public string Step { get; }

    /// <summary>The place of the item along its line.</summary>
    public string Place => _index.Axis(1);

    /// <summary>The number of items.</summary>
    public long Items => _space.Count(..);

    /// <summary>Prints where the item's lines start, and its place.</summary>
    public void Split(string item)
    {
        int[] axes = [.. Enumerable.Range(0, _space.Rank)];
        _index.Split(item, axes);
        _index.Positions((0, _space.Strides.Length), axes, "p");
    }

    /// <summary>Where the item's line starts in an array of the given number.</summary>
    public string Start(int array) => _index.Position(array, "p");

    /// <summary>Prints the item's number and opens the block for those that are there.</summary>
    public void Open()
    {
        _writer.Line("int item = get_global_id(0);");
        _writer.Open($"if (item < {_writer.Size(Items)})");
        Split("item");
    }

    /// <summary>The stage with one item for each.</summary>
    public OpenClBackendStage Stage()
    {
        _writer.Close();
        const int Group = 64;
        return _writer.Stage(new(OpenClSourceMap.RoundUp(Items, Group)), new(Group));
    }
}
