using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

internal static partial class StructureCases
{
    private static void AddReductions()
    {
        foreach ((string axes, int[] list, Shape shape) in new (string, int[], Shape)[]
        {
            ("first", [0], [3, 4]), ("middle", [1], [2, 3, 2]), ("last", [-1], [2, 3]), ("apart", [0, -1], [2, 3, 2]),
            ("all", [0, 1], [2, 3]), ("none", [], []), ("single row", [1], [3, 1]),
        })
        {
            Add($"Sum {axes}", x => x.Sum(list), shape);
            Add($"Mean {axes}", x => x.Mean(list), shape);
            Add($"Mean {axes} keepDims", x => x.Mean(list, keepDims: true), shape);
            Add($"Var {axes} correction 0", x => x.Var(list, correction: 0, keepDims: true), shape);
            Add($"Prod {axes}", x => x.Prod(list), shape);
            Add($"Max {axes}", x => x.Max(list), shape);
            Add($"Min {axes} keepDims", x => x.Min(list, keepDims: true), shape);
            Add($"LogSumExp {axes}", x => x.LogSumExp(list), shape);
            Add($"LogSumExp {axes} keepDims", x => x.LogSumExp(list, keepDims: true), shape);
            Add($"Norm 2 {axes}", x => x.Norm(2, list), shape);
            Add($"Norm 3 {axes}", x => x.Norm(3, list, keepDims: true), shape);
            Add($"Norm 1 {axes}", x => x.Norm(1, list), shape);
            Add($"Norm infinite {axes}", x => x.Norm(double.PositiveInfinity, list), shape);
        }

        Add("Var", x => x.Var(axis: 1), [2, 4]);
        Add("Std", x => x.Std(axis: 0, correction: 0), [4, 2]);
        Add("Std all", x => x.Std(), [4, 2]);
        Add("Prod one zero", x => x.Prod(1), Tensor.From(new[] { 0.5, 0, 2, 3, -1, 4 }, [2, 3]));
        Add("Prod two zeros", x => x.Prod(1), Tensor.From(new[] { 0.5, 0, 2, 0, 1, 2, 0.25, 3 }, [2, 4]));
        Add("CumProd zeros", x => x.CumProd(0), Tensor.From(0.5, 0, 2, 0, 3));
        foreach (int axis in new[] { 0, 1, 2 })
        {
            Add($"CumSum {axis}", x => x.CumSum(axis), [2, 3, 2]);
            Add($"CumProd {axis}", x => x.CumProd(axis), [2, 3, 2]);
            Add($"LogCumSumExp {axis}", x => x.LogCumSumExp(axis), [2, 3, 2]);
            Add($"LinearRecurrence {axis}", (a, b) => a.LinearRecurrence(b, axis), Values([2, 3, 2]), Values([2, 3, 2], 1));
            Add($"Softmax {axis}", x => x.Softmax(axis), [2, 3, 2]);
            Add($"LogSoftmax {axis}", x => x.LogSoftmax(axis), [2, 3, 2]);
        }

        Add("Quantile", x => x.Quantile(0.3, axis: 0), [5, 2]);
        Add("Median even", x => x.Median(), [2, 2]);
    }
}
