namespace ProbNet.Autodiff;

/// <summary>Prints a <see cref="RandomKernel"/>. A work item computes one block of four words, and from them four numbers of 32 bits or two of 64.</summary>
internal static class OpenClSourceRandom
{
    private const int Group = 64;

    public static OpenClBackendPlan Print(RandomKernel kernel)
    {
        if (kernel.Count == 0)
        {
            return new([]);
        }

        bool isWide = kernel.Map.Inputs[0].ByteSize() == 8;
        int numbers = isWide ? 2 : 4;
        long blocks = (kernel.Count + numbers - 1L) / numbers;
        DType type = kernel.Map.OutputTypes[0];
        var writer = new SourceWriter("draw");
        string key = writer.Slice(0, DType.Int64, 0, isWritten: false);
        string target = writer.Slice(1, type, 0, isWritten: true);
        string count = writer.Size(kernel.Count);
        writer.Line("int block = get_global_id(0);");
        writer.Open($"if (block < {writer.Size(blocks)})");
        writer.Line($"uint4 words = {writer.Helper("philox")}((ulong){key}[0], (ulong){key}[1], (uint)block);");
        for (int w = 0; w < numbers; w++)
        {
            string bits = isWide ? $"(long)((ulong)words.s{2 * w} | (ulong)words.s{(2 * w) + 1} << 32)" : $"(int)words.s{w}";
            writer.Line("{");
            writer.Line($"int i = block * {numbers} + {w};");
            var program = new ProgramPrinter(writer, kernel.Map, "v");
            program.Print(_ => bits, _ => "i");
            writer.Line($"if (i < {count}) {target}[i] = {program.Result(0)};");
            writer.Line("}");
        }

        writer.Close();
        return OpenClBackendPlan.Of(writer.Stage(new(OpenClSourceMap.RoundUp(blocks, Group)), new(Group)));
    }
}
