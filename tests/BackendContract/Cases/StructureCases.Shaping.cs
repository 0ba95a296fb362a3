using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

internal static partial class StructureCases
{
    private static void AddShaping()
    {
        Add("Reshape", x => x.Reshape(3, -1), [2, 3, 2]);
        Add("Permute", x => x.Permute(2, 0, 1), [2, 3, 2]);
        Add("Transpose", x => x.Transpose(0, 1), [2, 3, 2]);
        Add("MoveAxis", x => x.MoveAxis(0, -1), [2, 3, 2]);
        Add("Squeeze", x => x.Unsqueeze(1).Squeeze(1), [2, 3]);
        Add("Flatten", x => x.Flatten(1), [2, 3, 2]);
        Add("BroadcastTo", x => x.BroadcastTo([4, 2, 3]), [2, 1]);
        Add("Concat", (a, b) => Tensor.Concat([a, b, a], 1), Values([2, 1, 2]), Values([2, 3, 2], 1));
        Add("Stack", (a, b) => Tensor.Stack([a, b], -1), Values([2, 3]), Values([2, 3], 1));
        Add("Split sizes", x => x.Split([1, 3, 2], 1)[1], [2, 6]);
        Add("Split parts", x => x.Split(3, -1)[2], [2, 6]);
        Add("Chunk", x => x.Chunk(2, 0)[1], [5, 2]);
        Add("Slice step", x => x[TensorIndex.Step(-1, null, -2), 1..], [5, 3]);
        Add("Flip", x => x.Flip(0, 2), [2, 3, 2]);
        Add("Roll", x => x.Roll([1, -1], [0, 1]), [2, 3, 2]);
        Add("Pad", x => x.Pad([(0, 1), (1, 2)], 0.5), [2, 3]);
        Add("Pad edge", x => x.Pad([(2, 1)], PaddingMode.Edge), [2, 3]);
        Add("Pad reflect", x => x.Pad([(1, 0), (2, 1)], PaddingMode.Reflect), [2, 3]);
        Add("Pad wrap", x => x.Pad([(2, 3)], PaddingMode.Wrap), [2, 3]);
        Add("Tile", x => x.Tile(2, 1, 3), [2, 2]);
        Add("Tile last axes", x => x.Tile(2), [2, 3]);
        Add("RepeatInterleave", x => x.RepeatInterleave(2, 0), [2, 3]);
        Add("Unfold1D", x => x.Unfold1D(1, 3, 2), [2, 7]);
        Add("Unfold1D inner axes", x => x.Unfold1D(0, 2), [4, 2, 2]);
        Add("Diagonal", x => x.Diagonal(), [2, 3, 3]);
        Add("Diagonal above", x => x.Diagonal(1), [3, 4]);
        Add("Diagonal below, first axes", x => x.Diagonal(-1, 0, 1), [3, 2, 2]);
        Add("DiagEmbed", x => x.DiagEmbed(), [2, 3]);
        Add("DiagEmbed below", x => x.DiagEmbed(-2), [2, 3]);
        Add("Diag", x => x.Diag(), [3]);
        Add("Tril", x => x.Tril(), [2, 3, 3]);
        Add("Tril above", x => x.Tril(1), [2, 4]);
        Add("Triu", x => x.Triu(-1), [4, 3]);
        Add("Trace", x => x.Trace(), [2, 3, 3]);
    }
}
