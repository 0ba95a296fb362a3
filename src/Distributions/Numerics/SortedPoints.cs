using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The quadrature points of each distribution of a batch with their weights and log densities, sorted: the ground for searches over a density.
/// </summary>
internal sealed class SortedPoints
{
    private SortedPoints(int batch, int count, bool complete)
    {
        (Batch, Count, IsComplete) = (batch, count, complete);
        (Points, Weights, LogDensities) = (new double[batch][], new double[batch][], new double[batch][]);
    }

    public int Batch { get; }

    public int Count { get; }

    /// <summary>Whether these are all outcomes that matter.</summary>
    public bool IsComplete { get; }

    public double[][] Points { get; }

    public double[][] Weights { get; }

    public double[][] LogDensities { get; }

    public static SortedPoints Of(Univariate distribution)
    {
        QuadratureRule rule = distribution.Quadrature();
        int count = rule.Points.Shape[0], batch = distribution.BatchShape.Size;
        Shape shape = Shape.Create([count]).Concat(distribution.BatchShape);
        double[] points = rule.Points.BroadcastTo(shape).ToDoubles(), weights = rule.Weights.BroadcastTo(shape).ToDoubles();
        double[] densities = distribution.LogProb(rule.Points.BroadcastTo(shape)).ToDoubles();
        var result = new SortedPoints(batch, count, rule.IsComplete);
        for (int b = 0; b < batch; b++)
        {
            int[] order = new int[count];
            double[] x = new double[count];
            for (int i = 0; i < count; i++)
            {
                order[i] = (i * batch) + b;
                x[i] = points[order[i]];
            }

            Array.Sort(x, order);
            result.Points[b] = x;
            result.Weights[b] = Array.ConvertAll(order, i => weights[i]);
            result.LogDensities[b] = Array.ConvertAll(order, i => densities[i]);
        }

        return result;
    }
}
