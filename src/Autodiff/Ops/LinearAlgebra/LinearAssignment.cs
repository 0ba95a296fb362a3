using System.Numerics;
using System.Numerics.Tensors;

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
        double greatest = costs.Size == 0 ? 0
            : costs.RawData is float[] single ? TensorPrimitives.MaxMagnitude<float>(single) : TensorPrimitives.MaxMagnitude<double>(costs.Data<double>());
        if (greatest <= Most)
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
        for (int start = 0; start < assigned.Length; start += rows)
        {
            Span<long> matrix = assigned.AsSpan(start, rows);
            if (inputs[0].RawData is float[] single)
            {
                Solve<float>(single.AsSpan(start * columns, rows * columns), columns, matrix);
            }
            else
            {
                Solve<double>(inputs[0].Data<double>().AsSpan(start * columns, rows * columns), columns, matrix);
            }
        }
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    // Row by row, the shortest way to a free column in the residual graph, by costs that the prices of rows and columns keep from being negative (Dijkstra).
    private static void Solve<T>(ReadOnlySpan<T> costs, int columns, Span<long> columnOf) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rows = columnOf.Length;
        using Scratch<double> rowPrices = new(rows), columnPrices = new(columns), distances = new(columns);
        using Scratch<int> rowsOf = new(columns), ways = new(columns), open = new(columns);
        Span<double> u = rowPrices.Span, v = columnPrices.Span, distance = distances.Span;
        Span<int> rowOf = rowsOf.Span, way = ways.Span, left = open.Span;
        u.Clear();
        v.Clear();
        rowOf.Fill(-1);
        columnOf.Fill(-1);
        for (int row = 0; row < rows; row++)
        {
            distance.Fill(double.PositiveInfinity);
            for (int j = 0; j < columns; j++)
            {
                left[j] = columns - 1 - j;
            }

            // The columns that were reached stand behind those that are left, the last one first.
            int remaining = columns, i = row, end = -1;
            double least = 0;
            while (end < 0)
            {
                int nearest = 0;
                double shortest = double.PositiveInfinity, price = least - u[i];
                ReadOnlySpan<T> line = costs.Slice(i * columns, columns);
                for (int k = 0; k < remaining; k++)
                {
                    int j = left[k];
                    double length = price + double.CreateTruncating(line[j]) - v[j];
                    if (length < distance[j])
                    {
                        (distance[j], way[j]) = (length, i);
                    }

                    // Of equally near columns a free one ends the search.
                    if (distance[j] < shortest || (distance[j] == shortest && rowOf[j] < 0))
                    {
                        (shortest, nearest) = (distance[j], k);
                    }
                }

                least = shortest;
                int reached = left[nearest];
                remaining--;
                (left[nearest], left[remaining]) = (left[remaining], reached);
                i = rowOf[reached];
                end = i < 0 ? reached : -1;
            }

            u[row] += least;
            foreach (int j in left[(remaining + 1)..])
            {
                u[rowOf[j]] += least - distance[j];
                v[j] -= least - distance[j];
            }

            for (int j = end, from = -1; from != row;)
            {
                from = way[j];
                rowOf[j] = from;
                (columnOf[from], j) = (j, (int)columnOf[from]);
            }
        }
    }
}
