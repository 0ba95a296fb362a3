namespace ProbNet.Autodiff;

/// <summary>
/// Prints a <see cref="ScatterAddKernel"/>: a copy of x, and the additions in ascending order of j without atomics. A work item adds along one line where there are
/// many lines; else the indices are sorted, and the item at the first of a run of equal indices adds up the run.
/// </summary>
internal static class OpenClSourceScatter
{
    private const int ManyLines = 2048;

    /// <summary>So many additions one work item does as fast as the passes of a sort begin.</summary>
    private const int FewAdditions = 64;

    public static OpenClBackendPlan Print(ScatterAddKernel kernel, OpenClBackendStyle style)
    {
        if (kernel.Outer == 0 || kernel.Length == 0 || kernel.Inner == 0)
        {
            return new([]);
        }

        int size = kernel.Outer * kernel.Length * kernel.Inner;
        var whole = new View(0, [1]);
        OpenClBackendStage copy = OpenClSourceMap.Print(new("copy", KernelProgram.Copy(kernel.Type), [size], [whole], [whole])).Stages[0];
        copy = copy with { Arguments = [.. copy.Arguments.Select(argument => argument with { Index = argument.Index == 1 ? 3 : argument.Index })] };
        if (kernel.Count == 0)
        {
            return OpenClBackendPlan.Of(copy);
        }

        bool isInLines = style == OpenClBackendStyle.Processor || kernel.Count <= FewAdditions || (long)kernel.Outer * kernel.Inner >= ManyLines;
        if (isInLines)
        {
            return new([copy, PrintLines(kernel)]);
        }

        SortKernel sort = kernel.IsElementwise
            ? new("order", kernel.IndexType, kernel.Outer, kernel.Count, kernel.Inner, IsDescending: false)
            : new("order", kernel.IndexType, 1, kernel.Count, 1, IsDescending: false);
        long bytes = OpenClSourceSort.Bytes(sort);
        return new(
            [copy, .. OpenClSourceSort.Stages(sort, 1, writer => writer.Scratch("long", sizeof(long), 0), bytes), PrintRuns(kernel)],
            2 * bytes);
    }

    private static OpenClBackendStage PrintLines(ScatterAddKernel kernel)
    {
        var writer = new SourceWriter("scatter");
        var lines = new SourceLines(writer, kernel.Outer, 1, kernel.Inner, kernel.Count, kernel.Length);
        (string indices, string added, string target) = Pointers(writer, kernel);
        lines.Open();
        writer.Open($"for (int j = 0; j < {writer.Size(kernel.Count)}; j++)");
        writer.Line($"long to = {indices}[{IndexAt(kernel, lines, "j")}];");
        writer.Open($"if (to >= 0 && to < {writer.Size(kernel.Length)})");
        writer.Line($"int at = {lines.Start(1)} + (int)to * {lines.Step};");
        string sum = ProgramPrinter.Arithmetic(writer, KernelOp.Add, kernel.Type, $"{target}[at]", $"{added}[{lines.Start(0)} + j * {lines.Step}]");
        writer.Line($"{target}[at] = {sum};");
        writer.Close();
        writer.Close();
        return lines.Stage();
    }

    private static OpenClBackendStage PrintRuns(ScatterAddKernel kernel)
    {
        var writer = new SourceWriter("scatter_runs");
        var lines = new SourceLines(writer, kernel.Outer, kernel.Count, kernel.Inner, kernel.Count, kernel.Length);
        (string indices, string added, string target) = Pointers(writer, kernel);
        string order = writer.Scratch("long", sizeof(long), 0);
        string count = writer.Size(kernel.Count);
        lines.Open();
        writer.Line($"int q = {lines.Place};");
        writer.Line($"int j = (int){order}[{IndexAt(kernel, lines, "q")}];");
        writer.Line($"long to = {indices}[{IndexAt(kernel, lines, "j")}];");
        writer.Line($"int k = q == 0 ? 0 : (int){order}[{IndexAt(kernel, lines, "(q - 1)")}];");
        writer.Line($"int isFirst = q == 0 || {indices}[{IndexAt(kernel, lines, "k")}] != to;");
        writer.Open($"if (isFirst && to >= 0 && to < {writer.Size(kernel.Length)})");
        writer.Line($"int at = {lines.Start(1)} + (int)to * {lines.Step};");
        writer.Line($"{SourceText.InRegister(kernel.Type)} sum = {target}[at];");
        writer.Line("int isSame = 1;");
        writer.Open("while (isSame)");
        writer.Line($"sum = {ProgramPrinter.Arithmetic(writer, KernelOp.Add, kernel.Type, "sum", $"{added}[{lines.Start(0)} + j * {lines.Step}]")};");
        writer.Line("q++;");
        writer.Line($"j = q < {count} ? (int){order}[{IndexAt(kernel, lines, "q")}] : j;");
        writer.Line($"isSame = q < {count} && {indices}[{IndexAt(kernel, lines, "j")}] == to;");
        writer.Close();
        writer.Line($"{target}[at] = sum;");
        writer.Close();
        return lines.Stage();
    }

    private static string IndexAt(ScatterAddKernel kernel, SourceLines lines, string place) =>
        kernel.IsElementwise ? $"{lines.Start(0)} + {place} * {lines.Step}" : place;

    private static (string Indices, string Added, string Target) Pointers(SourceWriter writer, ScatterAddKernel kernel) => (
        writer.Slice(1, kernel.IndexType, 0, isWritten: false), writer.Slice(2, kernel.Type, 0, isWritten: false), writer.Slice(3, kernel.Type, 0, isWritten: true));
}
