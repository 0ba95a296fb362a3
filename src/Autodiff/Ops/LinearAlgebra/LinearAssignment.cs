using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ProbNet.Autodiff;

/// <summary>
/// The column of each row of a matrix of costs, every column at most once, whose costs have the least sum, as Int64: shortest augmenting paths (Jonker and Volgenant
/// 1987; Crouse 2016). At most rows²·columns steps, mostly far fewer. Of several best assignments it is always the same one. Not differentiable.
/// </summary>
internal sealed class LinearAssignment : Op
{
    public static readonly LinearAssignment Instance = new();

    // Sums of as many costs as there may be rows stay within the range of a double.
    private const double Most = 1e290;

    public override bool IsDifferentiable => false;

    public override bool HasValueCheck => true;

    public override TensorType Infer(Tensor[] inputs)
    {
        RequireFloating(inputs[0]);
        Shape shape = inputs[0].Shape;
        return shape.Rank >= 2 && shape[-2] <= shape[-1]
            ? new(shape[..^1], DType.Int64)
            : throw new ShapeException($"{Name}: the costs have shape {shape}; matrices [..., rows, columns] with at least as many columns as rows are needed.");
    }

    public override void CheckValues(Tensor[] inputs)
    {
        Tensor costs = inputs[0];
        double farthest = costs.Size == 0 ? 0
            : costs.RawData is float[] single ? TensorPrimitives.MaxMagnitude<float>(single) : TensorPrimitives.MaxMagnitude<double>(costs.Data<double>());
        if (Math.Abs(farthest) <= Most)
        {
            return;
        }

        double[] values = costs.ToDoubles();
        int bad = Array.FindIndex(values, cost => !(Math.Abs(cost) <= Most));
        (int row, int column) = Math.DivRem(bad, costs.Shape[-1]);
        throw new ArgumentException(FormattableString.Invariant(
            $"{Name}: the cost in row {row % costs.Shape[-2]}, column {column} is {values[bad]}; costs must be numbers between −{Most} and {Most}."));
    }

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        CheckValues(inputs);
        int rows = inputs[0].Shape[-2], columns = inputs[0].Shape[-1];
        long[] assigned = (long[])result;
        using Scratch<double> costs = new(rows * columns);
        for (int start = 0; start < assigned.Length; start += rows)
        {
            int first = start * columns;
            if (inputs[0].RawData is float[] single)
            {
                TensorPrimitives.ConvertTruncating<float, double>(single.AsSpan(first, costs.Span.Length), costs.Span);
            }
            else
            {
                inputs[0].Data<double>().AsSpan(first, costs.Span.Length).CopyTo(costs.Span);
            }

            Solve(costs.Span, columns, assigned.AsSpan(start, rows));
        }
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    // Row by row, the shortest way to a free column in the residual graph, by costs that the prices of rows and columns keep from being negative (Dijkstra).
    private static void Solve(ReadOnlySpan<double> costs, int columns, Span<long> columnOf)
    {
        int rows = columnOf.Length;
        using Scratch<double> rowPrices = new(rows), columnPrices = new(columns), searchPrices = new(columns), tentative = new(columns), final = new(columns);
        using Scratch<long> ways = new(columns);
        using Scratch<int> rowsOf = new(columns), order = new(columns);
        Span<double> u = rowPrices.Span, v = columnPrices.Span, open = searchPrices.Span, nearest = tentative.Span, distance = final.Span;
        Span<int> rowOf = rowsOf.Span, reached = order.Span;
        rowOf.Fill(-1);
        columnOf.Fill(-1);
        Begin(costs, u, v, rowOf, columnOf);
        for (int row = 0; row < rows; row++)
        {
            if (columnOf[row] >= 0)
            {
                continue;
            }

            // A column that was reached has the price −∞ for the rest of the search, which no way leads to.
            v.CopyTo(open);
            nearest.Fill(double.PositiveInfinity);
            int i = row, count = 0, end = -1;
            double least = 0;
            while (end < 0)
            {
                Relax(costs.Slice(i * columns, columns), open, least - u[i], i, nearest, ways.Span);
                int j = TensorPrimitives.IndexOfMin<double>(nearest);
                least = distance[j] = nearest[j];
                (nearest[j], open[j]) = (double.PositiveInfinity, double.NegativeInfinity);
                reached[count++] = j;
                i = rowOf[j];
                end = i < 0 ? j : -1;
            }

            u[row] += least;
            foreach (int j in reached[..(count - 1)])
            {
                u[rowOf[j]] += least - distance[j];
                v[j] -= least - distance[j];
            }

            for (int j = end, from = -1; from != row;)
            {
                from = (int)ways.Span[j];
                rowOf[j] = from;
                (columnOf[from], j) = (j, (int)columnOf[from]);
            }
        }
    }

    // Prices of rows, and of columns where all are to be taken, such that no cost is below its prices and many are equal to them; these are taken greedily.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Begin(ReadOnlySpan<double> costs, Span<double> u, Span<double> v, Span<int> rowOf, Span<long> columnOf)
    {
        int rows = u.Length, columns = v.Length;
        v.Fill(rows == columns ? double.PositiveInfinity : 0);
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<double> line = costs.Slice(i * columns, columns);
            u[i] = TensorPrimitives.Min(line);
            for (int j = 0; j < columns && rows == columns; j++)
            {
                v[j] = Math.Min(v[j], line[j] - u[i]);
            }
        }

        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<double> line = costs.Slice(i * columns, columns);
            for (int j = 0; j < columns && columnOf[i] < 0; j++)
            {
                if (rowOf[j] < 0 && line[j] - u[i] <= v[j])
                {
                    (rowOf[j], columnOf[i]) = (i, j);
                }
            }
        }
    }

    // Where the way by a row is shorter than all before, it is taken.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Relax(ReadOnlySpan<double> line, ReadOnlySpan<double> prices, double start, long row, Span<double> nearest, Span<long> way)
    {
        int j = 0;
        for (; j <= line.Length - Vector512<double>.Count; j += Vector512<double>.Count)
        {
            Vector512<double> before = Vector512.Create<double>(nearest[j..]);
            Vector512<double> length = Vector512.Create(start) + Vector512.Create(line[j..]) - Vector512.Create(prices[j..]);
            Vector512<double> isShorter = Vector512.LessThan(length, before);
            Vector512.ConditionalSelect(isShorter, length, before).CopyTo(nearest[j..]);
            Vector512.ConditionalSelect(isShorter.AsInt64(), Vector512.Create(row), Vector512.Create<long>(way[j..])).CopyTo(way[j..]);
        }

        for (; j < line.Length; j++)
        {
            double length = start + line[j] - prices[j];
            if (length < nearest[j])
            {
                (nearest[j], way[j]) = (length, row);
            }
        }
    }
}
