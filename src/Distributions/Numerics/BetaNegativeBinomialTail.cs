using MathNet.Numerics.Integration;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// ln E[I_X(a, b)] for X ~ Beta(c, d), the tail of a negative binomial whose probability is drawn: the integral over the logit t of X of a product of two
/// log-concave functions. Gauss–Legendre panels start at the peaks of the density, of the step and of the product, and double in width outwards.
/// </summary>
internal static class BetaNegativeBinomialTail
{
    private const int Order = 16;

    // What lies further below the peak of the product than this is below the rounding of the sum.
    private const double Depth = 42;

    private static readonly GaussLegendreRule s_rule = new(0, 1, Order);

    /// <summary>The logarithm, of the broadcast shape of the arguments, which are of type Float64.</summary>
    public static Tensor Log(Tensor a, Tensor b, Tensor c, Tensor d)
    {
        Shape shape = Shape.Broadcast(Shape.Broadcast(a.Shape, b.Shape), Shape.Broadcast(c.Shape, d.Shape));
        (Tensor nodes, Tensor logWeights) = Numeric.Detached(() => Nodes(Values(a), Values(b), Values(c), Values(d), shape));
        (a, b, c, d) = (a.Unsqueeze(-1), b.Unsqueeze(-1), c.Unsqueeze(-1), d.Unsqueeze(-1));
        Tensor log = LogitIncompleteBeta.Instance.Apply(a, b, nodes) + (c * nodes.LogSigmoid()) + (d * (-nodes).LogSigmoid());
        return (log + logWeights).LogSumExp(-1) - Tensor.LogBeta(c, d).Squeeze(-1);

        double[] Values(Tensor x) => x.BroadcastTo(shape).ToDoubles();
    }

    private static (Tensor Nodes, Tensor LogWeights) Nodes(double[] a, double[] b, double[] c, double[] d, Shape shape)
    {
        var edges = new double[a.Length][];
        int panels = 1;
        for (int i = 0; i < a.Length; i++)
        {
            edges[i] = Edges(a[i], b[i], c[i], d[i]);
            panels = Math.Max(panels, edges[i].Length - 1);
        }

        double[] nodes = new double[a.Length * panels * Order], weights = new double[nodes.Length];
        Array.Fill(weights, double.NegativeInfinity);
        for (int i = 0, next = 0; i < a.Length; i++, next = i * panels * Order)
        {
            // Distributions with fewer panels repeat their first point with no weight.
            Array.Fill(nodes, edges[i][0], next, panels * Order);
            for (int k = 1; k < edges[i].Length; k++)
            {
                double width = edges[i][k] - edges[i][k - 1];
                for (int j = 0; j < Order; j++, next++)
                {
                    (nodes[next], weights[next]) = (edges[i][k - 1] + (width * s_rule.Abscissas[j]), Math.Log(width * s_rule.Weights[j]));
                }
            }
        }

        Shape all = shape.Concat([panels * Order]);
        return (Tensor.From(nodes, all), Tensor.From(weights, all));
    }

    private static double[] Edges(double a, double b, double c, double d)
    {
        if (double.IsNaN(a + b + c + d))
        {
            return [0, double.NaN];
        }

        double centre = Math.Log(c) - Math.Log(d), step = Math.Log(a) - Math.Log(b), width = Width(c, d), slope = Width(a, b);

        // The step only grows: the product peaks at or beyond the peak of the density.
        double left = centre, right = Math.Max(centre, step) + (8 * (width + slope));
        for (int i = 0; i < 40; i++)
        {
            double first = right - (0.618 * (right - left)), second = left + (0.618 * (right - left));
            (left, right) = Height(first) > Height(second) ? (left, second) : (first, right);
        }

        double peak = 0.5 * (left + right), top = Height(peak);
        double low = Reach(-1, Depth), high = Reach(1, Depth), near = Math.Min(peak - Reach(-1, 0.5), Reach(1, 0.5) - peak);
        var edges = new SortedSet<double> { low, high };
        AddAround(peak, Math.Max(near, 1e-9 * (high - low)));
        AddAround(centre, width);
        AddAround(step, slope);
        return [.. edges];

        double Height(double t) => LogitIncompleteBeta.Instance.Map(a, b, t) - (c * Softplus(-t)) - (d * Softplus(t));

        // Where the product has fallen by a depth, to one side of its peak.
        double Reach(int sign, double depth)
        {
            double inside = 0, outside = width;
            while (Height(peak + (sign * outside)) > top - depth && outside < 1e9)
            {
                (inside, outside) = (outside, 2 * outside);
            }

            for (int i = 0; i < 20; i++)
            {
                double middle = 0.5 * (inside + outside);
                (inside, outside) = Height(peak + (sign * middle)) > top - depth ? (middle, outside) : (inside, middle);
            }

            return peak + (sign * outside);
        }

        void AddAround(double at, double unit)
        {
            for (double distance = 0; distance < high - low + Math.Abs(at - peak); distance = distance == 0 ? unit : (2 * distance) + unit)
            {
                Add(at - distance);
                Add(at + distance);
            }
        }

        void Add(double edge)
        {
            if (edge > low && edge < high)
            {
                edges.Add(edge);
            }
        }
    }

    // About the standard deviation of the logit of a Beta.
    private static double Width(double a, double b) => Math.Sqrt((1 / a) + (1 / b));

    private static double Softplus(double t) => Math.Max(t, 0) + Special.Log1p(Math.Exp(-Math.Abs(t)));
}
