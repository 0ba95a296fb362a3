namespace ProbNet.Autodiff;

/// <summary>Prints a <see cref="GatherKernel"/>. A work item moves one element; 0 for an index outside.</summary>
internal static class OpenClSourceGather
{
    private const int Group = 64;

    public static OpenClBackendPlan Print(GatherKernel kernel)
    {
        (int count, int inner) = (kernel.Count, kernel.Inner);
        var result = new View(0, [count * inner, inner, 1]);
        View[] views = [new(0, [checked(kernel.Length * inner), 0, 1]), kernel.IsElementwise ? result : new(0, [0, 1, 0]), result];
        SourceSpace space = SourceSpace.Of([kernel.Outer, count, inner], views, [false, false, false]);
        long items = space.Count(..);
        if (items == 0)
        {
            return new([]);
        }

        var writer = new SourceWriter("gather");
        var index = new SourceIndex(writer, space);
        string source = writer.Slice(0, kernel.Type, 0, isWritten: false);
        string indices = writer.Slice(1, kernel.IndexType, 0, isWritten: false);
        string target = writer.Slice(2, kernel.Type, 0, isWritten: true);
        int[] axes = [.. Enumerable.Range(0, space.Rank)];
        writer.Line("int item = get_global_id(0);");
        writer.Open($"if (item < {writer.Size(items)})");
        index.Split("item", axes);
        index.Positions((0, views.Length), axes, "p");
        writer.Line($"long at = {indices}[{index.Position(1, "p")}];");
        writer.Line($"int isInside = at >= 0 && at < {writer.Size(kernel.Length)};");
        writer.Line(
            $"{target}[{index.Position(2, "p")}] = isInside ? {source}[{index.Position(0, "p")} + (int)at * {writer.Size(inner)}] : {SourceText.Whole(kernel.Type, 0)};");
        writer.Close();
        return OpenClBackendPlan.Of(writer.Stage(new(OpenClSourceMap.RoundUp(items, Group)), new(Group)));
    }
}
