using ProbNet.Autodiff;

namespace ProbNet.OracleRunner;

public static partial class OpTable
{
    private static Dictionary<string, Func<OpCall, Tensor>> Shaping() => new()
    {
        ["reshape"] = c => c.X.Reshape(c.Ints("shape").AsSpan()),
        ["transpose"] = c => c.X.Transpose(c.Int("dim0"), c.Int("dim1")),
        ["permute"] = c => c.X.Permute(c.Ints("dims")),
        ["broadcast_to"] = c => c.X.BroadcastTo(c.Ints("shape")),
        ["concat"] = c => Tensor.Concat(c.Inputs, c.Axis),
        ["stack"] = c => Tensor.Stack(c.Inputs, c.Axis),
        ["slice"] = c => c.X[Array.ConvertAll(c.Table("spec"), s => TensorIndex.Step(s[0], s[1], s[2] ?? 1))],
        ["flip"] = c => c.X.Flip(c.Ints("axes")),
        ["roll"] = c => c.Has("axes") ? c.X.Roll(c.Ints("shifts"), c.Ints("axes")) : c.X.Reshape(-1).Roll(c.Ints("shifts"), [0]).Reshape(c.X.Shape),
        ["pad"] = c => Pad(c.X, Array.ConvertAll(c.Table("pads"), w => (w[0]!.Value, w[1]!.Value)), c),
        ["tile"] = c => c.X.Tile(c.Ints("reps")),
        ["repeat_interleave"] = c => c.X.RepeatInterleave(c.Int("repeats"), c.Axis),
        ["unfold1d"] = c => c.X.Unfold1D(c.Axis, c.Int("size"), c.Int("step")),
        ["gather"] = c => c.X.Gather(c.Axis, c["index"]),
        ["scatter"] = c => c.X.Scatter(c.Axis, c["index"], c["src"]),
        ["scatter_add"] = c => c.X.ScatterAdd(c.Axis, c["index"], c["src"]),
        ["index_select"] = c => c.X.IndexSelect(c.Axis, c["index"]),
        ["index_put"] = c => c.X.IndexPut(c.Axis, c.Inputs.Length > 2 ? c["index"] : Tensor.From(Array.ConvertAll(c.Ints("index"), i => (long)i)), c["v"]),
        ["one_hot"] = c => c.X.OneHot(c.Int("depth"), DType.Float64),
        ["embedding"] = c => c["w"].Embedding(c["i"]),
        ["tril"] = c => c.X.Tril((int)c.Number("k", 0)),
        ["triu"] = c => c.X.Triu((int)c.Number("k", 0)),
        ["diagonal"] = c => c.X.Diagonal(0, c.Int("axis1"), c.Int("axis2")),
        ["diag_embed"] = c => c.X.DiagEmbed(),
    };

    private static Dictionary<string, Func<OpCall, Tensor>> LinearAlgebra() => new()
    {
        ["matmul"] = c => c.X.MatMul(c.Y),
        ["outer"] = c => c.X.Outer(c.Y),
        ["kron"] = c => c.X.Kron(c.Y),
        ["einsum"] = c => Tensor.Einsum(c.Text("equation"), c.Inputs),
        ["trace"] = c => c.X.Trace(),
        ["cholesky"] = c => c.X.Cholesky(),
        ["cholesky_solve"] = c => c["L"].CholeskySolve(c["B"]),
        ["solve_triangular"] = SolveTriangular,
        ["solve"] = c => c["A"].Solve(c["B"]),
        ["inverse"] = c => c.X.Inverse(),
        ["det"] = c => c.X.Determinant(),
        ["logdet_spd"] = c => c.X.LogDetSpd(),
        ["matrix_exp"] = c => c.X.MatrixExp(),
        ["eigvalsh"] = c => c.X.SymmetricEigenvalues(),
    };

    private static Tensor Pad(Tensor x, (int Before, int After)[] widths, OpCall c) => (c.Has("mode") ? c.Text("mode") : "constant") switch
    {
        "constant" => x.Pad(widths, c.Number("value", 0)),
        "reflect" => x.Pad(widths, PaddingMode.Reflect),
        "replicate" or "edge" => x.Pad(widths, PaddingMode.Edge),
        "circular" or "wrap" => x.Pad(widths, PaddingMode.Wrap),
        var mode => throw new SkippedException($"the padding mode '{mode}' is unknown to the runner"),
    };

    private static Tensor SolveTriangular(OpCall c)
    {
        Tensor a = c["A"], b = c["B"];
        bool unit = c.Bool("unitriangular");
        return c.Bool("transpose_of_tril") ? a.SolveTriangular(b, upper: false, transpose: true, unit)
            : !c.Has("left") || c.Bool("left") ? a.SolveTriangular(b, c.Bool("upper"), transpose: false, unit)
            : a.SolveTriangular(b.Transpose(), c.Bool("upper"), transpose: true, unit).Transpose();
    }
}
