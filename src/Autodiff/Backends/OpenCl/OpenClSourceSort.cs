using System.Collections.Immutable;

namespace ProbNet.Autodiff;

/// <summary>
/// Prints a <see cref="SortKernel"/>: a stable merge sort of indices. A work item places one element: first within its block of 32, by counting those that come before it; then in
/// passes that merge neighbouring runs, by a binary search in the other run. The passes alternate between the result and scratch memory.
/// </summary>
internal static class OpenClSourceSort
{
    private const int Block = 32;

    public static OpenClBackendPlan Print(SortKernel kernel)
    {
        if (kernel.Outer == 0 || kernel.Length == 0 || kernel.Inner == 0)
        {
            return new([]);
        }

        return new(
            Stages(kernel, 0, writer => writer.Slice(1, DType.Int64, 0, isWritten: true), 0),
            kernel.Length > Block ? Bytes(kernel) : 0);
    }

    /// <summary>The bytes of an order.</summary>
    public static long Bytes(SortKernel kernel) => OpenClSourceMap.RoundUp((long)kernel.Outer * kernel.Length * kernel.Inner * sizeof(long), 64);

    /// <summary>The passes.</summary>
    /// <param name="kernel">What is sorted.</param>
    /// <param name="source">The slice of the elements.</param>
    /// <param name="result">Declares the result, of longs.</param>
    /// <param name="scratch">The byte of the scratch memory from which on the passes may write.</param>
    public static ImmutableArray<OpenClBackendStage> Stages(
        SortKernel kernel, int source, Func<SourceWriter, string> result, long scratch)
    {
        int passes = 0;
        for (long width = Block; width < kernel.Length; width *= 2)
        {
            passes++;
        }

        bool isInResult = passes % 2 == 0;
        List<OpenClBackendStage> stages = [PrintBlocks(kernel, source, isInResult ? result : Scratch)];
        for (long width = Block; width < kernel.Length; width *= 2)
        {
            stages.Add(PrintMerge(kernel, source, isInResult ? result : Scratch, isInResult ? Scratch : result, (int)width));
            isInResult = !isInResult;
        }

        return [.. stages];

        string Scratch(SourceWriter writer) => writer.Scratch("long", sizeof(long), scratch);
    }

    private static OpenClBackendStage PrintBlocks(SortKernel kernel, int source, Func<SourceWriter, string> target)
    {
        var writer = new SourceWriter("sort_blocks");
        var lines = new SourceLines(writer, kernel.Outer, kernel.Length, kernel.Inner, kernel.Length);
        string elements = writer.Slice(source, kernel.Type, 0, isWritten: false);
        string order = target(writer);
        string type = SourceText.InRegister(kernel.Type);
        lines.Open();
        writer.Line($"int j = {lines.Place};");
        writer.Line($"{type} x = {elements}[{lines.Start(0)} + j * {lines.Step}];");
        writer.Line($"int start = j / {Block} * {Block};");
        writer.Line("int rank = 0;");
        writer.Open($"for (int k = start; k < min(start + {Block}, {writer.Size(kernel.Length)}); k++)");
        writer.Line($"{type} y = {elements}[{lines.Start(0)} + k * {lines.Step}];");
        writer.Line($"rank += k < j ? !{IsBefore(kernel, "x", "y")} : {IsBefore(kernel, "y", "x")};");
        writer.Close();
        writer.Line($"{order}[{lines.Start(0)} + (start + rank) * {lines.Step}] = j;");
        return lines.Stage();
    }

    /// <summary>An element of a left run comes behind those of the right run that are smaller; one of a right run behind those of the left run that are not larger.</summary>
    private static OpenClBackendStage PrintMerge(SortKernel kernel, int source, Func<SourceWriter, string> from, Func<SourceWriter, string> target, int width)
    {
        var writer = new SourceWriter("sort_merge");
        var lines = new SourceLines(writer, kernel.Outer, kernel.Length, kernel.Inner, kernel.Length);
        string elements = writer.Slice(source, kernel.Type, 0, isWritten: false);
        string before = from(writer);
        string after = target(writer);
        string run = writer.Size(width);
        string length = writer.Size(kernel.Length);
        string type = SourceText.InRegister(kernel.Type);
        lines.Open();
        writer.Line($"int p = {lines.Place};");
        writer.Line($"int start = p / {run} * {run};");
        writer.Line($"int isRight = p / {run} & 1;");
        writer.Line($"int other = isRight ? start - {run} : min(start, {length} - {run}) + {run};");
        writer.Line("int first = other;");
        writer.Line($"int last = min(other, {length} - {run}) + {run};");
        writer.Line($"long j = {before}[{lines.Start(0)} + p * {lines.Step}];");
        writer.Line($"{type} x = {elements}[{lines.Start(0)} + (int)j * {lines.Step}];");
        writer.Open("while (first < last)");
        writer.Line("int middle = first + (last - first) / 2;");
        writer.Line($"{type} y = {elements}[{lines.Start(0)} + (int){before}[{lines.Start(0)} + middle * {lines.Step}] * {lines.Step}];");
        writer.Line($"int isBehind = isRight ? !{IsBefore(kernel, "x", "y")} : {IsBefore(kernel, "y", "x")};");
        writer.Line("first = isBehind ? middle + 1 : first;");
        writer.Line("last = isBehind ? last : middle;");
        writer.Close();
        writer.Line("int place = min(start, other) + (p - start) + (first - other);");
        writer.Line($"{after}[{lines.Start(0)} + place * {lines.Step}] = j;");
        return lines.Stage();
    }

    private static string IsBefore(SortKernel kernel, string a, string b)
    {
        string order = $"{a} {(kernel.IsDescending ? ">" : "<")} {b}";
        (string larger, string smaller) = kernel.IsDescending ? (a, b) : (b, a);
        return kernel.Type.IsFloating() ? $"({order} || (isnan({larger}) && !isnan({smaller})))" : $"({order})";
    }
}
