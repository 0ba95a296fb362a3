namespace ProbNet.Autodiff;

internal sealed partial class OpenClSourceReduce
{
    /// <summary>
    /// The form of items. Along the first axis of the launch are the results: an item has one, with <see cref="Lanes"/> states over elements that follow each other, or a block
    /// of results of one row, with a state for each. Along the second axis are the chunks.
    /// </summary>
    private OpenClBackendStage PrintItems()
    {
        var print = new Printing(this, new SourceWriter("reduce"));
        SourceWriter writer = print.Writer;
        int lanes = IsProcessor ? Lanes : 1;
        long items = IsInColumns ? _results / _inner * Ceiling(_inner, lanes) : _results;
        writer.Line("int item = get_global_id(0);");
        writer.Open($"if (item < {writer.Size(items)})");
        print.Range();
        print.States(lanes);
        if (IsInColumns)
        {
            PrintColumns(print);
        }
        else
        {
            print.Index.Split("item", [.. Enumerable.Range(0, _firstReduced), .. Enumerable.Range(_firstInner, _space.Rank - _firstInner)]);
            print.Bases();
            if (lanes > 1)
            {
                writer.Line("int k = first;");
                writer.Open($"for (; k <= last - {lanes}; k += {lanes})");
                writer.Open($"for (int l = 0; l < {lanes}; l++)");
                writer.Line("int e = k + l;");
                print.Element("[l]", "e");
                writer.Close();
                writer.Close();
                writer.Open("for (; k < last; k++)");
            }
            else
            {
                writer.Open("for (int k = first; k < last; k++)");
            }

            print.Element("[0]", "k");
            writer.Close();
            print.MergeLanes(lanes);
            print.Store("item", "[0]");
        }

        writer.Close();
        int group = IsProcessor ? Lanes : ItemsOfAGroup;
        return writer.Stage(new(OpenClSourceMap.RoundUp(items, group), _chunks), new(group));
    }

    private void PrintColumns(Printing print)
    {
        SourceWriter writer = print.Writer;
        string inner = writer.Size(_inner);
        string blocks = writer.Size(Ceiling(_inner, Lanes));
        writer.Line($"int row = item / {blocks};");
        writer.Line($"int from = (item - row * {blocks}) * {Lanes};");
        writer.Line($"int width = min({Lanes}, {inner} - from);");
        print.Index.Split("row", [.. Enumerable.Range(0, _firstReduced)]);
        print.Bases();
        writer.Open("for (int k = first; k < last; k++)");
        print.Index.Split("k", [.. Enumerable.Range(_firstReduced, _firstInner - _firstReduced)]);
        writer.Open($"if (width == {Lanes})");
        Columns(Lanes.ToString(System.Globalization.CultureInfo.InvariantCulture));
        writer.Close();
        writer.Open("else");
        Columns("width");
        writer.Close();
        writer.Close();
        writer.Open("for (int l = 0; l < width; l++)");
        print.Column();
        writer.Line($"int result = row * {inner} + from + l;");
        print.Store("result", "[l]");
        writer.Close();

        void Columns(string count)
        {
            writer.Open($"for (int l = 0; l < {count}; l++)");
            print.Column();
            print.Element("[l]", "k", isSplit: true);
            writer.Close();
        }
    }

    /// <summary>The form of groups: along the first axis of the launch a group for each result, along the second the chunks.</summary>
    private OpenClBackendStage PrintGroups()
    {
        int group = GroupSize(_chunkLength);
        var print = new Printing(this, new SourceWriter("reduce") { GroupSize = group });
        SourceWriter writer = print.Writer;
        writer.Line("int item = get_group_id(0);");
        writer.Line("int t = get_local_id(0);");
        print.Range();
        print.States(1);
        print.Index.Split("item", [.. Enumerable.Range(0, _firstReduced), .. Enumerable.Range(_firstInner, _space.Rank - _firstInner)]);
        print.Bases();
        writer.Open($"for (int k = first + t; k < last; k += {group})");
        print.Element("[0]", "k");
        writer.Close();
        print.MergeGroup(group);
        writer.Open("if (t == 0)");
        print.Store("item", "[0]");
        writer.Close();
        return writer.Stage(new(_results * group, _chunks), new(group));
    }

    /// <summary>The second stage: an item, or a group, brings the chunks of a result together.</summary>
    private OpenClBackendStage PrintCombination()
    {
        bool inGroups = !IsProcessor && _results < 1024;
        int group = inGroups ? GroupSize(_chunks) : ItemsOfAGroup;
        var print = new Printing(this, new SourceWriter("combine") { GroupSize = inGroups ? group : 0 }, isCombination: true);
        SourceWriter writer = print.Writer;
        writer.Line($"int item = {(inGroups ? "get_group_id(0)" : "get_global_id(0)")};");
        if (inGroups)
        {
            writer.Line("int t = get_local_id(0);");
        }
        else
        {
            writer.Open($"if (item < {print.Results})");
        }

        print.States(1);
        print.Index.Split("item", [.. Enumerable.Range(0, _firstReduced), .. Enumerable.Range(_firstInner, _space.Rank - _firstInner)]);
        print.Bases();
        writer.Open($"for (int k = {(inGroups ? "t" : "0")}; k < {writer.Size(_chunks)}; k += {(inGroups ? group : 1)})");
        print.MergeChunk("k");
        writer.Close();
        if (inGroups)
        {
            print.MergeGroup(group);
            writer.Open("if (t == 0)");
        }

        print.Store("item", "[0]");
        writer.Close();
        return writer.Stage(inGroups ? new(_results * group) : new(OpenClSourceMap.RoundUp(_results, group)), new(group));
    }

    /// <summary>256 items, or 64 for fewer than 512 elements, and fewer where their states do not all fit into the local memory.</summary>
    private int GroupSize(int elements)
    {
        int bytes = Parts().Sum(part => part.Bytes);
        int group = elements < 512 ? 64 : 256;
        while (group > 1 && group * bytes > _localMemory)
        {
            group /= 2;
        }

        return group;
    }
}
