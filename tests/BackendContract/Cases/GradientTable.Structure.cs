using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

internal static partial class GradientTable
{
    private static void AddReductions()
    {
        AddReduction("Sum", (x, axes, keep) => x.Sum(axes, keep), Family.Unary);
        AddReduction("Mean", (x, axes, keep) => x.Mean(axes, keep), Family.NonEmptyLast);
        AddReduction("Prod", (x, axes, keep) => x.Prod(axes, keep), Family.Unary);
        AddReduction("Max", (x, axes, keep) => x.Max(axes, keep), Family.NonEmptyLast, Domain.Distinct);
        AddReduction("Min", (x, axes, keep) => x.Min(axes, keep), Family.NonEmptyLast, Domain.Distinct);
        AddReduction("LogSumExp", (x, axes, keep) => x.LogSumExp(axes, keep), Family.NonEmptyLast);
        Add("Var", x => x.Var(-1), Family.LastOfAtLeast(2));
        Add("Var/all, biased", x => x.Var(correction: 0), Family.Fixed([[2, 3]], [[1]], [[]]));
        Add("Var/axes", x => x.Var([0, -1], 1, keepDims: true), Family.Fixed([[2, 3]], [[2, 0, 3]], [[2, 2, 2]]));
        Add("Std", x => x.Std(-1), Family.LastOfAtLeast(2));
        Add("Std/axes", x => x.Std([0, -1], 0, keepDims: true), Family.Fixed([[2, 3]], [[2, 2, 2]]));
        foreach (double p in new[] { 1, 2, 3, 1.5 })
        {
            Add(FormattableString.Invariant($"Norm/{p}"), x => x.Norm(p, -1), Family.NonEmptyLast, Domain.Negative);
        }

        Add("Norm/infinite", x => (x - 20).Norm(double.PositiveInfinity, -1), Family.NonEmptyLast, Domain.Distinct);
        Add("Norm/all", x => x.Norm(), Family.Fixed([[2, 3]], [[4]]));
        Add("Prod/one zero", x => (x * Holes(x.Shape, 1)).Prod(-1), Family.NonEmptyLast);
        Add("Prod/two zeros", x => (x * Holes(x.Shape, 2)).Prod(-1), Family.LastOfAtLeast(2));
        Add("Median", x => x.Median(-1), Family.NonEmptyLast, Domain.Distinct);
        Add("Quantile", x => x.Quantile(0.3, -1), Family.NonEmptyLast, Domain.Distinct);
        Add("Softmax", x => x.Softmax(), Family.NonEmptyLast);
        Add("Softmax/axis 0", x => x.Softmax(0), Family.NonEmptyLast);
        Add("LogSoftmax", x => x.LogSoftmax(), Family.NonEmptyLast);
        Add("LogSoftmax/axis 0", x => x.LogSoftmax(0), Family.NonEmptyLast);
        Add("CumSum", x => x.CumSum(-1), Family.Last);
        Add("CumSum/axis 0", x => x.CumSum(0), Family.Last);
        Add("CumProd", x => x.CumProd(-1), Family.Last);
        Add("CumProd/one zero", x => (x * Holes(x.Shape, 1)).CumProd(-1), Family.NonEmptyLast);
        Add("LogCumSumExp", x => x.LogCumSumExp(-1), Family.Last);
        Add("LinearRecurrence", (a, b) => a.LinearRecurrence(b, -1), Family.Fixed([[4], [4]], [[2, 3], [2, 3]], [[0, 3], [0, 3]], [[2, 0], [2, 0]]));
        Add("Sort", x => x.Sort().Values, Family.Last, Domain.Distinct);
        Add("Sort/descending, axis 0", x => x.Sort(0, descending: true).Values, Family.Last, Domain.Distinct);
        Add("TopK", x => x.TopK(2).Values, Family.LastOfAtLeast(2), Domain.Distinct);
        Add("TopK/smallest", x => x.TopK(1, largest: false).Values, Family.NonEmptyLast, Domain.Distinct);
    }

    private static void AddShaping()
    {
        Add("Reshape", x => x.Reshape(-1), Family.Fixed([[2, 3]], [[0, 2]], [[]]));
        Add("Reshape/shape", x => x.Reshape(Shape.Create([1]).Concat(x.Shape)));
        Add("Flatten", x => x.Flatten(), Family.Matrix);
        Add("BroadcastTo", x => x.BroadcastTo(Shape.Create([2, 1]).Concat(x.Shape)));
        Add("BroadcastTo/inner", x => x.BroadcastTo([2, 3, 4]), Family.Fixed([[3, 1]], [[2, 1, 1]], [[]]));
        Add("Permute", x => x.Permute(2, 0, 1), Family.Fixed([[2, 3, 4]], [[2, 0, 1]]));
        Add("Transpose", x => x.Transpose(), Family.Matrix);
        Add("Transpose/first and last", x => x.Transpose(0, -1), Family.Last);
        Add("MoveAxis", x => x.MoveAxis(0, -1), Family.Last);
        Add("Unsqueeze", x => x.Unsqueeze(-1));
        Add("Squeeze", x => x.Squeeze(), Family.Fixed([[2, 1, 3]], [[1]], [[]], [[1, 0]]));
        Add("get_Item", x => x[..^1, 1], Family.Fixed([[3, 2]], [[1, 4]]));
        Add("get_Item/steps", x => x[TensorIndex.Step(null, null, -2), TensorIndex.Step(1, null, 2)], Family.Matrix);
        Add("Concat", (a, b) => Tensor.Concat([a, b, a], -1), Family.Fixed([[2, 3], [2, 1]], [[2, 0], [2, 2]], [[1], [2]]));
        Add("Stack", (a, b) => Tensor.Stack([a, b, a], 1), Family.Fixed([[2, 3], [2, 3]], [[0], [0]]));
        Add("Split", x => x.Split([1, 0, 2], -1)[2], Family.Fixed([[3]], [[2, 3]], [[0, 3]]));
        Add("Chunk", x => x.Chunk(2, -1)[1], Family.Fixed([[3]], [[2, 4]]));
        Add("Flip", x => x.Flip(-1), Family.Last);
        Add("Flip/axes", x => x.Flip(0, -1), Family.Matrix);
        Add("Roll", x => x.Roll(1, -1), Family.Last);
        Add("Roll/axes", x => x.Roll([2, -1], [0, -1]), Family.Matrix);
        Add("Pad", x => x.Pad([(1, 2)], 0.5), Family.Fixed([[3]], [[0]], [[1]]));
        Add("Pad/edge", x => x.Pad([(0, 1), (2, 1)], PaddingMode.Edge), Family.Fixed([[2, 3]], [[1, 1]]));
        Add("Pad/reflect", x => x.Pad([(1, 1), (2, 1)], PaddingMode.Reflect), Family.Fixed([[2, 3]]));
        Add("Pad/wrap", x => x.Pad([(1, 0), (2, 3)], PaddingMode.Wrap), Family.Fixed([[2, 3]]));
        Add("Tile", x => x.Tile(2, 3), Family.Fixed([[2, 2]], [[1, 0]]));
        Add("RepeatInterleave", x => x.RepeatInterleave(2, -1), Family.Last);
        Add("Unfold1D", x => x.Unfold1D(-1, 3, 2), Family.Fixed([[7]], [[2, 5]], [[0, 4]]));
        Add("Tril", x => x.Tril(), Family.Matrix);
        Add("Tril/offset", x => x.Tril(1), Family.Matrix);
        Add("Triu", x => x.Triu(-1), Family.Matrix);
        Add("Diagonal", x => x.Diagonal(), Family.Matrix);
        Add("Diagonal/offset, axes", x => x.Diagonal(1, 0, 1), Family.Fixed([[2, 3, 2]], [[3, 3]]));
        Add("Diag", x => x.Diag(), Family.Last);
        Add("DiagEmbed", x => x.DiagEmbed(), Family.Last);
        Add("DiagEmbed/offset", x => x.DiagEmbed(-1), Family.Last);
        Add("Trace", x => x.Trace(), Family.Matrix);
    }

    private static void AddIndexing()
    {
        Add("Gather", x => x.Gather(-1, DomainValues.Indices(x.Shape.With(-1, 3), x.Shape[^1])), Family.NonEmptyLast);
        Add("Take", x => x.Take(-1, DomainValues.Indices([2, 2], x.Shape[^1])), Family.NonEmptyLast);
        Add("IndexSelect", x => x.IndexSelect(0, DomainValues.Indices([4], x.Shape[0])), Family.Fixed([[3]], [[2, 3]], [[2, 0]]));
        Add("Embedding", x => x.Embedding(DomainValues.Indices([2, 2], 3)), Family.Fixed([[3, 2]]));
        Add("Scatter", (x, s) => x.Scatter(-1, Tensor.From(2L, 0L).AsFree(), s), Family.Fixed([[3], [2]]));
        Add("ScatterAdd", (x, s) => x.ScatterAdd(-1, DomainValues.Indices(s.Shape, 3), s), Family.Fixed([[3], [4]], [[2, 3], [2, 2]], [[3], [0]]));
        Add("IndexAdd", (x, v) => x.IndexAdd(0, Tensor.From(1L, 1L, 0L).AsFree(), v), Family.Fixed([[2, 3], [3, 3]]));
        Add("IndexPut", (x, v) => x.IndexPut(0, Tensor.From(1L, 0L).AsFree(), v), Family.Fixed([[3, 2], [2, 2]]));
        Add("MaskedSelect", x => x.MaskedSelect(x.GreaterThan(0)));
        var elsewhere = new Device("elsewhere", new HostBackend());
        Add("To", x => x.To(elsewhere).Exp().To(Device.Cpu), Family.Fixed([[]], [[2, 3]], [[0]]));
    }

    private static void AddReduction(
        string name, Func<Tensor, int[], bool, Tensor> reduce, Family family, Domain domain = Domain.Real)
    {
        Add($"{name}/all", x => reduce(x, [.. Enumerable.Range(0, x.Rank)], false), family == Family.Unary ? family : Family.NonEmpty, domain);
        Add($"{name}/last axis", x => reduce(x, [-1], false), family == Family.Unary ? Family.Last : family, domain);
        Add($"{name}/axes, kept", x => reduce(x, [0, -1], true), Family.Fixed([[2, 3]], [[2, 2, 3]], [[2, 0, 1]]), domain);
    }

    /// <summary>Ones, with zeros at the first places along the last axis.</summary>
    private static Tensor Holes(Shape shape, int count)
    {
        double[] values = new double[shape.Size];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = i % shape[^1] < count ? 0 : 1;
        }

        return Tensor.From(values, shape).AsFree();
    }
}
