namespace ProbNet.Autodiff;

internal sealed partial class OpenClSourceProduct
{
    private int WidestVector => _kernel.Type == DType.Float32 ? 16 : 8;

    private long PackedLeftStep => (long)Ceiling(_kernel.M, RowsOfAnItem) * RowsOfAnItem * _kernel.K;

    private long PackedRightStep => (long)Ceiling(_kernel.N, WidestVector) * WidestVector * _kernel.K;

    private int LeftCopies => _kernel.LeftStep == 0 ? 1 : _kernel.Batch;

    private int RightCopies => _kernel.RightStep == 0 ? 1 : _kernel.Batch;

    private long PackedRightOffset => _packsLeft ? OpenClSourceMap.RoundUp(LeftCopies * PackedLeftStep * _kernel.Type.ByteSize(), 64) : 0;

    private OpenClBackendPlan PlanPacked()
    {
        List<OpenClBackendStage> stages = [];
        long bytes = PackedRightOffset;
        if (_packsLeft)
        {
            (int row, int depth) = _kernel.TransposeLeft ? (1, _kernel.M) : (_kernel.K, 1);
            stages.Add(PrintPack(0, LeftCopies, _kernel.LeftStep, _kernel.M, RowsOfAnItem, row, depth, 0));
        }

        if (_packsRight)
        {
            (int column, int depth) = _kernel.TransposeRight ? (_kernel.K, 1) : (1, _kernel.N);
            stages.Add(PrintPack(1, RightCopies, _kernel.RightStep, _kernel.N, WidestVector, column, depth, PackedRightOffset));
            bytes += OpenClSourceMap.RoundUp(RightCopies * PackedRightStep * _kernel.Type.ByteSize(), 64);
        }

        stages.Add(PrintVectors());
        return new([.. stages], bytes);
    }

    /// <summary>
    /// Copies a matrix into panels of 8 rows or 16 columns: what a step of the product reads together lies together, and no two steps compete for a place in the cache, as
    /// they do where rows are a power of two apart. A work item copies a panel's elements of one k; beyond the edge it repeats the last row or column.
    /// </summary>
    private OpenClBackendStage PrintPack(int slice, int copies, long step, int length, int width, int stride, int depthStride, long offset)
    {
        var writer = new SourceWriter("pack");
        string source = writer.Slice(slice, _kernel.Type, 0, isWritten: false);
        string target = writer.Scratch(_type, _kernel.Type.ByteSize(), offset);
        string depth = writer.Size(_kernel.K);
        string limit = writer.Size(length);
        long panels = Ceiling(length, width);
        writer.Line("int k = get_global_id(0);");
        writer.Line("int panel = get_global_id(1);");
        writer.Open($"for (int product = get_global_id(2); product < {writer.Size(copies)} && k < {depth}; product += get_global_size(2))");
        writer.Line($"__global const {_type}* from = {source} + product * {writer.Step(step)} + k * {writer.Stride(depthStride)};");
        writer.Line($"__global {_type}* to = {target} + ((long)product * {writer.Size(panels)} + panel) * {depth} * {width} + k * {width};");
        writer.Open($"for (int l = 0; l < {width}; l++)");
        writer.Line($"to[l] = from[min(panel * {width} + l, {limit} - 1) * {writer.Stride(stride)}];");
        writer.Close();
        writer.Close();
        const int Group = 16;
        return writer.Stage(new(OpenClSourceMap.RoundUp(_kernel.K, Group), panels, Math.Min(copies, ProductsAtOnce)), new(Group));
    }
}
