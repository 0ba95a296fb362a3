namespace ProbNet.Autodiff;

/// <summary>
/// Prints a <see cref="MapKernel"/>. A work item computes one element. Where the innermost axis fills groups of 64 well, groups lie along it in rows of 64 × 4, so that
/// neighbours read neighbours without a division; else the items are numbered through.
/// </summary>
internal static class OpenClSourceMap
{
    private const int GroupItems = 256;
    private const int RowItems = 64;

    /// <summary>Launches with more rows than this use the third axis as well: some devices have a limit for the second.</summary>
    private const int RowsOfAPlane = 1 << 15;

    public static OpenClBackendPlan Print(MapKernel kernel)
    {
        View[] views = [.. kernel.Inputs, .. kernel.Outputs];
        var isApart = new bool[kernel.Lengths.Length + 1];
        MarkIndexed(kernel.Program, isApart);
        SourceSpace space = SourceSpace.Of(kernel.Lengths, views, isApart);
        long count = space.Count(..);
        if (count == 0)
        {
            return new([]);
        }

        int[] axes = [.. Enumerable.Range(0, space.Rank)];
        int last = space.Rank - 1;
        bool inRows = space.Rank > 1 && FillsRows(space.Lengths[last]);
        var writer = new SourceWriter("map");
        var index = new SourceIndex(writer, space);
        WorkSize global;
        WorkSize local;
        if (inRows)
        {
            long rows = space.Count(..last);
            long planes = (rows + RowsOfAPlane - 1) / RowsOfAPlane;
            long rowsOfAPlane = planes > 1 ? RowsOfAPlane : RoundUp(rows, GroupItems / RowItems);
            string columnCount = writer.Size(space.Lengths[last]);
            string rowCount = writer.Size(rows);
            writer.Line("int column = get_global_id(0);");
            writer.Line("int row = get_global_id(1) + get_global_id(2) * get_global_size(1);");
            writer.Open($"if (column < {columnCount} && row < {rowCount})");
            index.Split("column", [last]);
            index.Split("row", axes.AsSpan(..last));
            global = new(RoundUp(space.Lengths[last], RowItems), rowsOfAPlane, planes);
            local = new(RowItems, GroupItems / RowItems);
        }
        else
        {
            writer.Line("int i = get_global_id(0);");
            writer.Open($"if (i < {writer.Size(count)})");
            index.Split("i", axes);
            global = new(RoundUp(count, GroupItems));
            local = new(GroupItems);
        }

        index.Positions((0, views.Length), axes, "i");
        var program = new ProgramPrinter(writer, kernel.Program, "v");
        var inputs = new SourceInputs(writer, kernel.Program.Inputs, kernel.Inputs, 0);
        program.Print(input => $"{inputs[input]}[{index.Position(input, "i")}]", index.Axis);
        int outputs = kernel.Inputs.Length;
        for (int o = 0; o < kernel.Outputs.Length; o++)
        {
            DType type = kernel.Program.OutputTypes[o];
            string target = writer.Slice(outputs + o, type, kernel.Outputs[o].Offset, isWritten: true);
            writer.Line($"{target}[{index.Position(outputs + o, "i")}] = {program.Result(o)};");
        }

        writer.Close();
        return OpenClBackendPlan.Of(writer.Stage(global, local));
    }

    public static long RoundUp(long count, int group) => (count + group - 1) / group * group;

    /// <summary>Axes whose index a program reads stay apart from both neighbours.</summary>
    public static void MarkIndexed(KernelProgram program, Span<bool> isApart)
    {
        foreach (KernelInstruction instruction in program.Instructions)
        {
            if (instruction.Op == KernelOp.Index)
            {
                isApart[instruction.A] = true;
                isApart[instruction.A + 1] = true;
            }
        }
    }

    /// <summary>Whether at most a quarter of the items has nothing to do.</summary>
    private static bool FillsRows(long length) => RoundUp(length, RowItems) * 3 <= length * 4;
}
