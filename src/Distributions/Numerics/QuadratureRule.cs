using MathNet.Numerics.Integration;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Points and weights of shape [points] + batch with Σ w·g(x) = E[g(X)] for smooth g.</summary>
/// <param name="Points">The points, in the support, differentiable in the parameters.</param>
/// <param name="Weights">The weights, broadcast against the points.</param>
/// <param name="Coarse">Weights of a rule of lower order on some of the points: what the two differ by is about the error of the coarse one.</param>
internal readonly record struct QuadratureRule(Tensor Points, Tensor Weights, Tensor Coarse)
{
    // Probabilities from e^−36 to 1 − e^−36 (Float64): what lies beyond is below the rounding of a probability near 1.
    private const int PanelsDouble = 36, PanelsSingle = 15;

    /// <summary>The points of a panel.</summary>
    public const int Order = 8;

    // Above this many outcomes of a batch, not all of them are listed.
    private const int MostOutcomes = 1 << 21;

    /// <summary>What a smooth integrand is accurate to.</summary>
    public const double RelativeTolerance = 1e-8;

    private static readonly GaussLegendreRule s_rule = new(0, 1, Order);

    private static readonly double[] s_coarse = CoarseWeights();

    private static readonly (double[] P, double[] W, double[] Coarse) Double = LogitPanels(PanelsDouble), Single = LogitPanels(PanelsSingle);

    // Logits of the quantiles of another distribution at which panels end: dense where its density is.
    private static readonly double[] s_cuts =
        [-36, -28, -20, -14, -10, -7, -5, -4, -3, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3, 4, 5, 7, 10, 14, 20, 28, 36];

    /// <summary>Whether the points are all outcomes that matter, ascending, and the weights their masses.</summary>
    public bool IsComplete { get; private init; }

    /// <summary>The rule of a distribution with a quantile function.</summary>
    /// <param name="distribution">The distribution.</param>
    /// <param name="cuts">Points at which panels end as well.</param>
    public static QuadratureRule Of(Univariate distribution, Tensor? cuts = null) =>
        distribution.Atoms is { } atoms ? Listed(distribution, atoms)
        : distribution.Measure == Measure.Counting ? Lattice(distribution)
        : cuts is null ? Panels(distribution) : Panels(distribution, cuts);

    /// <summary>The rule of a distribution whose outcomes are known, ascending, each with its mass.</summary>
    public static QuadratureRule OfOutcomes(Tensor outcomes, Tensor masses) => new(outcomes, masses, masses) { IsComplete = true };

    /// <summary>Quantiles of a distribution and its mode, which may be a kink, [cuts] + batch: where a function of its density changes.</summary>
    public static Tensor CutsOf(Univariate distribution) => Numeric.Detached(
        () => Tensor.Concat([QuantilesOf(distribution), distribution.Mode.BroadcastTo(distribution.BatchShape).Unsqueeze(0)]));

    /// <summary>Quantiles of a distribution, [cuts] + batch, dense where it is.</summary>
    public static Tensor QuantilesOf(Univariate distribution)
    {
        double[] levels = Array.ConvertAll(s_cuts, t => 1 / (1 + Math.Exp(-t)));
        return distribution.Quantile(Numeric.As(levels, Column(levels.Length, distribution.BatchShape.Rank), distribution.DType));
    }

    /// <summary>Two lists of points, [points] + batch each, as one; null for none.</summary>
    public static Tensor? Joined(Tensor? first, Tensor? second)
    {
        if (first is null || second is null)
        {
            return first ?? second;
        }

        int rank = Math.Max(first.Rank, second.Rank);
        (first, second) = (Aligned(first), Aligned(second));
        Shape batch = Shape.Broadcast(first.Shape[1..], second.Shape[1..]);
        return Tensor.Concat([first.BroadcastTo(first.Shape[..1].Concat(batch)), second.BroadcastTo(second.Shape[..1].Concat(batch))]);

        Tensor Aligned(Tensor x) => x.Reshape(x.Shape[..1].Concat([.. Enumerable.Repeat(1, rank - x.Rank)]).Concat(x.Shape[1..]));
    }

    /// <summary>E[g(X)], of shape batch.</summary>
    public Tensor Expect(Tensor values) => (Weights * values).Sum(0);

    /// <summary>A sum of terms w·g over the points with the error that the coarse rule, as a share of the weights, gives away; at least a tolerance.</summary>
    public Estimate Sum(Tensor terms, double tolerance = RelativeTolerance)
    {
        Tensor value = terms.Sum(0), still = Gradient.Stop(terms), share = Gradient.Stop(Tensor.Where(Weights > 0, 1 - (Coarse / Weights), 0.0));
        return new Estimate(value, Tensor.Maximum((share * still).Sum(0).Abs(), tolerance * Gradient.Stop(value).Abs()), Evidence.Numeric);
    }

    /// <summary>E[X] and Var[X].</summary>
    public (Estimate Mean, Estimate Variance) Moments()
    {
        // Points without weight may lie beyond the range of the type.
        Tensor counted = Weights > 0, points = Tensor.Where(counted | Points.IsNaN(), Points, 0.0);
        Estimate mean = Sum(Weights * points);
        Tensor infinite = Gradient.Stop(mean.Value).IsInfinite() | Gradient.Stop(points).IsInfinite().Any(0);
        Tensor deviation = Tensor.Where(infinite, double.PositiveInfinity, points - Tensor.Where(infinite, 0.0, mean.Value));
        return (mean, Sum(Weights * deviation.Square()));
    }

    /// <summary>−E[ln f(X)].</summary>
    public Estimate Entropy(Univariate distribution)
    {
        Tensor log = distribution.LogProb(Points);
        return Sum(Weights * -Tensor.Where(log.IsInfinite(), 0.0, log));
    }

    private static QuadratureRule Panels(Univariate distribution)
    {
        (double[] p, double[] w, double[] coarse) = distribution.DType == DType.Float64 ? Double : Single;
        Shape shape = Column(p.Length, distribution.BatchShape.Rank);
        Tensor points = distribution.Quantile(Numeric.As(p, shape, distribution.DType));
        return new(points, Numeric.As(w, shape, distribution.DType), Numeric.As(coarse, shape, distribution.DType));
    }

    /// <summary>Panels of the value instead of the probability, whose ends are quantiles: for smooth densities with light tails whose quantiles are searched for.</summary>
    public static QuadratureRule BetweenQuantiles(Univariate distribution)
    {
        DType dtype = distribution.DType;
        int half = dtype == DType.Float64 ? PanelsDouble : PanelsSingle, rank = distribution.BatchShape.Rank;
        double[] levels = [.. Enumerable.Range(0, (2 * half) + 1).Select(i => 1 / (1 + Math.Exp(half - i)))];
        Tensor edges = Numeric.Detached(() => distribution.Quantile(Numeric.As(levels, Column(levels.Length, rank), dtype)));
        Tensor left = edges[..^1].Unsqueeze(1), width = edges[1..].Unsqueeze(1) - left;
        Tensor points = Flat(left + (width * Along(s_rule.Abscissas))), density = distribution.LogProb(points).Exp();
        return new(points, Flat(width * Along(s_rule.Weights)) * density, Flat(width * Along(s_coarse)) * density);

        Tensor Along(double[] nodes) => Numeric.As(nodes, Shape.Create([1, Order, .. Enumerable.Repeat(1, rank)]), dtype);

        static Tensor Flat(Tensor x) => x.Reshape(Shape.Create([x.Shape[0] * Order]).Concat(x.Shape[2..]));
    }

    // The panels of length 1 in the logit of the probability, divided where the cuts lie.
    private static QuadratureRule Panels(Univariate distribution, Tensor cuts)
    {
        DType dtype = distribution.DType;
        int half = dtype == DType.Float64 ? PanelsDouble : PanelsSingle, rank = Math.Max(cuts.Rank - 1, distribution.BatchShape.Rank);
        Tensor edges = Numeric.Detached(() =>
        {
            Tensor finite = cuts.IsFinite(), at = Tensor.Where(finite, cuts, Gradient.Stop(distribution.Support.InteriorPoint(dtype)));
            Tensor logit = (distribution.LogCdf(at) - distribution.LogSurvival(at)).Cast(DType.Float64);
            
            // The outermost panels keep a width: whether an integral diverges is seen there.
            logit = Tensor.Where(finite & !logit.IsNaN(), logit, half).Clip(0.5 - half, half - 0.5);
            Tensor own = (Tensor.Arange((2 * half) + 1, DType.Float64) - half).Reshape(Column((2 * half) + 1, rank));
            Shape batch = Shape.Broadcast(logit.Shape[1..], own.Shape[1..]);
            return Tensor.Concat([Wide(own, batch), Wide(logit.Reshape(LeadingOnes(logit, rank)), batch)]).Sort(0).Values;
        });
        int panels = edges.Shape[0] - 1;
        Tensor left = edges[..panels].Unsqueeze(1), width = edges[1..].Unsqueeze(1) - left;
        Tensor t = Flat(left + (width * Along(s_rule.Abscissas))), p = t.Sigmoid(), slope = p * (-t).Sigmoid();
        return new(
            distribution.Quantile(p.Cast(dtype)), (Flat(width * Along(s_rule.Weights)) * slope).Cast(dtype), (Flat(width * Along(s_coarse)) * slope).Cast(dtype));

        Tensor Along(double[] nodes) => Tensor.From(nodes, [1, Order, .. Enumerable.Repeat(1, rank)]);

        Tensor Flat(Tensor x) => x.Reshape(Shape.Create([panels * Order]).Concat(x.Shape[2..]));

        static Tensor Wide(Tensor x, Shape batch) => x.BroadcastTo(x.Shape[..1].Concat(batch));

        static Shape LeadingOnes(Tensor x, int rank) => x.Shape[..1].Concat([.. Enumerable.Repeat(1, rank - x.Rank + 1)]).Concat(x.Shape[1..]);
    }

    private static QuadratureRule Lattice(Univariate distribution)
    {
        DType dtype = distribution.DType;
        (Tensor low, Tensor high) = Numeric.Detached(() =>
        {
            double tail = dtype.Epsilon();
            return (distribution.Quantile(Tensor.Full(distribution.BatchShape, tail * tail, dtype)),
                distribution.Quantile(Tensor.Full(distribution.BatchShape, 1 - tail, dtype)));
        });
        double width = distribution.BatchShape.Size == 0 ? 0 : (high - low).Cast(DType.Float64).Max().ToScalar();
        if (!((width + 1) * distribution.BatchShape.Size <= MostOutcomes))
        {
            return LatticePanels.Of(distribution, low, high);
        }

        return Listed(distribution, low, high, (int)width + 1);
    }

    /// <summary>All whole numbers from 0 to a greatest outcome, without a search for those that matter; null where they are too many or not known yet.</summary>
    public static QuadratureRule? UpTo(Univariate distribution, Tensor most)
    {
        if (most.IsSymbolic || distribution.BatchShape.Size == 0)
        {
            return null;
        }

        Tensor high = Gradient.Stop(most).BroadcastTo(distribution.BatchShape);
        double greatest = high.Cast(DType.Float64).Max().ToScalar();
        return (greatest + 1) * distribution.BatchShape.Size <= MostOutcomes ? Listed(distribution, 0 * high, high, (int)greatest + 1) : null;
    }

    private static QuadratureRule Listed(Univariate distribution, Tensor low, Tensor high, int count)
    {
        Tensor points = low + Tensor.Arange(count, distribution.DType).Reshape(Column(count, distribution.BatchShape.Rank));
        Tensor inside = points <= high;
        Tensor safe = Tensor.Where(inside | points.IsNaN(), points, high), weights = Tensor.Where(inside | points.IsNaN(), distribution.LogProb(safe).Exp(), 0.0);
        return OfOutcomes(safe, weights);
    }

    // Outcomes that are repeated share their mass.
    private static QuadratureRule Listed(Univariate distribution, Tensor atoms)
    {
        Tensor still = Gradient.Stop(atoms), copies = still.SearchSorted(still, right: true) - still.SearchSorted(still);
        Tensor points = atoms.MoveAxis(-1, 0);
        return OfOutcomes(points, distribution.LogProb(points).Exp() / copies.MoveAxis(-1, 0).Cast(distribution.DType));
    }

    private static Shape Column(int length, int batchRank)
    {
        int[] lengths = new int[batchRank + 1];
        Array.Fill(lengths, 1);
        lengths[0] = length;
        return lengths;
    }

    /// <summary>∫₀¹ g dp = ∫ g·p(1 − p) dt with t = ln(p/(1 − p)) from −half to half, in panels of length 1 or a fraction of it.</summary>
    internal static (double[] P, double[] W, double[] Coarse) LogitPanels(int half, int panelsPerUnit = 1)
    {
        var p = new double[2 * half * panelsPerUnit * Order];
        double[] w = new double[p.Length], coarse = new double[p.Length];
        for (int i = 0; i < p.Length; i++)
        {
            double t = (((i / Order) + s_rule.Abscissas[i % Order]) / panelsPerUnit) - half, slope = 1 / (1 + Math.Exp(t));
            p[i] = 1 / (1 + Math.Exp(-t));
            w[i] = s_rule.Weights[i % Order] / panelsPerUnit * p[i] * slope;
            coarse[i] = s_coarse[i % Order] / panelsPerUnit * p[i] * slope;
        }

        return (p, w, coarse);
    }

    /// <summary>∫ g(s) ds in panels between edges, ascending.</summary>
    internal static (double[] Nodes, double[] Weights, double[] Coarse) Between(double[] edges)
    {
        var nodes = new double[(edges.Length - 1) * Order];
        double[] weights = new double[nodes.Length], coarse = new double[nodes.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            double start = edges[i / Order], width = edges[(i / Order) + 1] - start;
            (nodes[i], weights[i], coarse[i]) = (start + (width * s_rule.Abscissas[i % Order]), width * s_rule.Weights[i % Order], width * s_coarse[i % Order]);
        }

        return (nodes, weights, coarse);
    }

    // The weights on the six outer nodes that are exact to degree 5: the two in the middle are left out.
    private static double[] CoarseWeights()
    {
        var weights = new double[Order];
        for (int i = 0; i < Order; i++)
        {
            int node = i;
            bool middle = i is 3 or 4;
            weights[i] = middle ? 0 : GaussLegendreRule.Integrate(Lagrange, 0, 1, Order);

            double Lagrange(double x)
            {
                double product = 1;
                for (int k = 0; k < Order; k++)
                {
                    product *= k == node || k is 3 or 4 ? 1 : (x - s_rule.Abscissas[k]) / (s_rule.Abscissas[node] - s_rule.Abscissas[k]);
                }

                return product;
            }
        }

        return weights;
    }
}
