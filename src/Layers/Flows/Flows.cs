using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Whole flows in a line: <c>Model.Unconditional(Flows.NeuralSpline(2)).Fit(y)</c>; with layers in front, or none, they are conditional:
/// <c>Model.Sequential([], Flows.Maf(3)).Fit(x, y)</c>. And a check of any of them.
/// </summary>
public static class Flows
{
    // The grid of the integral, by dimension, and the draws that say how far it reaches.
    private const int LineCells = 20_000, PlaneCells = 400, ReachDraws = 8192;

    // Lines of the grid in the plane whose density is computed together.
    private const int LinesAtOnce = 10;

    /// <summary>A neural spline flow of couplings (Durkan et al. 2019).</summary>
    /// <param name="dimension">The length of the vectors.</param>
    /// <param name="layers">Number of couplings; they take turns in which half they move.</param>
    /// <param name="bins">Bins of a spline.</param>
    /// <param name="bound">Half the length of its interval, in standardized units.</param>
    /// <param name="hidden">The widths of each network's hidden layers; two of 64 by default.</param>
    /// <param name="learnTails">Whether the slopes outside of the interval are learned; else the tails are those of a Normal.</param>
    /// <param name="activation">Between the hidden layers; ReLU by default.</param>
    public static FlowHead NeuralSpline(
        int dimension, int layers = 4, int bins = SplineElementMap.DefaultBins, double bound = SplineElementMap.DefaultBound, IReadOnlyList<int>? hidden = null,
        bool learnTails = false, Activation? activation = null) =>
        Chain(dimension, layers, swap => new CouplingStep(ElementMap.Spline(bins, bound, learnTails), swap, hidden, activation));

    /// <summary>A neural spline flow whose steps are autoregressive (Durkan et al. 2019): closer fits than couplings, and draws that take a pass a coordinate.</summary>
    /// <inheritdoc cref="NeuralSpline"/>
    public static FlowHead AutoregressiveSpline(
        int dimension, int layers = 4, int bins = SplineElementMap.DefaultBins, double bound = SplineElementMap.DefaultBound, IReadOnlyList<int>? hidden = null,
        bool learnTails = false, Activation? activation = null) =>
        Chain(dimension, layers, swap => new AutoregressiveStep(ElementMap.Spline(bins, bound, learnTails), swap, hidden, activation));

    /// <summary>A RealNVP: affine couplings (Dinh, Sohl-Dickstein and Bengio 2017).</summary>
    /// <param name="dimension">The length of the vectors.</param>
    /// <param name="layers">Number of steps; they take turns in the order of the coordinates.</param>
    /// <param name="hidden">The widths of each network's hidden layers; two of 64 by default.</param>
    /// <param name="activation">Between the hidden layers; ReLU by default.</param>
    public static FlowHead RealNvp(int dimension, int layers = 8, IReadOnlyList<int>? hidden = null, Activation? activation = null) =>
        Chain(dimension, layers, swap => new CouplingStep(ElementMap.Affine(), swap, hidden, activation));

    /// <summary>A NICE: couplings that shift, and one scale for each coordinate at the end (Dinh, Krueger and Bengio 2014).</summary>
    /// <inheritdoc cref="RealNvp"/>
    public static FlowHead Nice(int dimension, int layers = 8, IReadOnlyList<int>? hidden = null, Activation? activation = null) =>
        new(dimension, [.. Steps(dimension, layers, swap => new CouplingStep(ElementMap.Shift, swap, hidden, activation)), new ElementwiseStep()]);

    /// <summary>A masked autoregressive flow (Papamakarios, Pavlakou and Murray 2017): one pass for a log density, one a coordinate for a draw.</summary>
    /// <inheritdoc cref="RealNvp"/>
    public static FlowHead Maf(int dimension, int layers = 6, IReadOnlyList<int>? hidden = null, Activation? activation = null) =>
        Chain(dimension, layers, swap => new AutoregressiveStep(ElementMap.Affine(), swap, hidden, activation));

    /// <summary>
    /// An inverse autoregressive flow (Kingma et al. 2016): one pass for a draw together with its log density, as variational inference needs; one a coordinate for the
    /// log density of something given.
    /// </summary>
    /// <inheritdoc cref="RealNvp"/>
    public static FlowHead Iaf(int dimension, int layers = 4, IReadOnlyList<int>? hidden = null, Activation? activation = null) =>
        Chain(dimension, layers, swap => new InvertedStep(new AutoregressiveStep(ElementMap.Affine(), swap, hidden, activation)));

    /// <summary>
    /// Checks a flow at draws of it: whether the inverse undoes the map, whether the log-determinant is that of the Jacobian, and in one and two dimensions whether the
    /// density integrates to one.
    /// </summary>
    /// <param name="flow">What a head or model predicts, trained or not.</param>
    /// <param name="key">The source of the draws; null is a fixed key.</param>
    /// <param name="draws">At how many points the map is checked.</param>
    public static FlowCheckResult Check(TransformedVector flow, RandomKey? key = null, int draws = 64)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        if (flow.EventShape.Rank != 1)
        {
            throw new ShapeException($"Flows.Check: a flow of vectors is needed, but {flow.Name} has event shape {flow.EventShape}.");
        }

        (RandomKey points, RandomKey reach) = (key ?? RandomKey.FromSeed(0)).Split();
        Tensor z = flow.Source.Sample(points, [draws]);
        (Tensor y, Tensor logDet) = flow.Transform.ForwardAndLogDet(z);
        double roundTrip = Largest((flow.Transform.Inverse(y) - z) / (1 + z.Abs()));

        // Rows do not see each other: one gradient gives a row of the Jacobian at every point.
        Tensor jacobian = Tensor.Stack(
            [.. Enumerable.Range(0, flow.EventShape[0]).Select(i => Gradient.Of(x => flow.Transform.Forward(x)[TensorIndex.Ellipsis, i].Sum(), z))], -2);
        double difference = Largest(jacobian.SlogDet().LogAbs - logDet);
        double? integral = flow.EventShape[0] <= 2 && flow.BatchShape.Size == 1 ? Integral(flow, reach) : null;
        return new(roundTrip, difference, integral, ToleranceOf(flow.DType));
    }

    /// <summary>The same for a flow of numbers, as <see cref="SplineHead"/> predicts it; the integral for one of them.</summary>
    /// <param name="flow">What a head or model predicts, trained or not.</param>
    /// <param name="key">The source of the draws; null is a fixed key.</param>
    /// <param name="draws">At how many points the map is checked.</param>
    public static FlowCheckResult Check(TransformedDistribution flow, RandomKey? key = null, int draws = 64)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        (RandomKey points, RandomKey reach) = (key ?? RandomKey.FromSeed(0)).Split();
        Tensor z = flow.Source.Sample(points, [draws]);
        (Tensor y, Tensor logDet) = flow.Transform.ForwardAndLogDet(z);
        Tensor slope = Gradient.Of(x => flow.Transform.Forward(x).Sum(), z);
        return new(
            Largest((flow.Transform.Inverse(y) - z) / (1 + z.Abs())), Largest(slope.Abs().Log() - logDet), flow.BatchShape.Size == 1 ? Integral(flow, reach) : null,
            ToleranceOf(flow.DType));
    }

    /// <summary>The same for a continuous flow, whose solver has a tolerance: of that, 100 times as much may be an error of the map.</summary>
    /// <param name="flow">What a head or model predicts, trained or not.</param>
    /// <param name="key">The source of the draws; null is a fixed key.</param>
    /// <param name="draws">At how many points the map is checked.</param>
    public static FlowCheckResult Check(ContinuousFlow flow, RandomKey? key = null, int draws = 64)
    {
        ArgumentNullException.ThrowIfNull(flow);
        Tensor zero = Tensor.Zeros(flow.BatchShape.Concat(flow.EventShape), flow.DType).AsFree();
        var noise = new Independent<Normal>(new Normal(zero, Tensor.OnesLike(zero).AsFree()), 1);
        FlowCheckResult found = Check(new TransformedVector(noise, new FlowPathTransform(flow.Path)), key, draws);
        return found with { Tolerance = Math.Max(found.Tolerance, 100 * flow.Path.Field.Tolerance) };
    }

    // NaN where one of them is: Enumerable.Max passes over it.
    private static double Largest(Tensor error) => error.To(Device.Cpu).ToDoubles().Aggregate(0.0, (largest, e) => Math.Max(largest, Math.Abs(e)));

    private static double ToleranceOf(DType dtype) => dtype == DType.Float64 ? 1e-6 : 2e-2;

    private static double Integral(Distribution flow, RandomKey key)
    {
        int dimension = flow.EventShape.Size, cells = dimension == 1 ? LineCells : PlaneCells;
        Tensor draws = flow.Sample(key, ReachDraws).To(Device.Cpu).Reshape(ReachDraws, dimension);
        double[] low = draws.Min(0).ToDoubles(), high = draws.Max(0).ToDoubles();
        double cell = 1;
        Tensor[] axes = new Tensor[dimension];
        for (int i = 0; i < dimension; i++)
        {
            // Beyond the farthest of some thousand draws by a third of their range: what a density leaves there is below the tolerance.
            double margin = (high[i] - low[i]) / 3, start = low[i] - margin, width = (high[i] + margin - start) / cells;
            axes[i] = Tensor.From([.. Enumerable.Range(0, cells).Select(k => start + ((k + 0.5) * width))]).Cast(flow.DType);
            cell *= width;
        }

        Shape each = flow.BatchShape.Concat([.. Enumerable.Repeat(1, flow.EventShape.Rank)]);
        Shape rows = Shape.Create([cells]).Concat(each), slab = Shape.Create([LinesAtOnce]).Concat(rows);
        Tensor last = axes[^1].Reshape(rows);
        if (dimension == 1)
        {
            return flow.LogProb(last).Exp().Sum().ToScalar() * cell;
        }

        double sum = 0;
        for (int i = 0; i < cells; i += LinesAtOnce)
        {
            Tensor first = axes[0][i..(i + LinesAtOnce)].Reshape(Shape.Create([LinesAtOnce, 1]).Concat(Shape.Create([.. Enumerable.Repeat(1, each.Rank)])));
            sum += flow.LogProb(Tensor.Concat([first.BroadcastTo(slab), last.BroadcastTo(slab)], -1)).Exp().Sum().ToScalar();
        }

        return sum * cell;
    }

    private static FlowHead Chain(int dimension, int layers, Func<bool, FlowStep> create) => new(dimension, [.. Steps(dimension, layers, create)]);

    // In more than two dimensions halves that merely take turns mix slowly: a linear map between them lets every coordinate reach every other.
    private static IEnumerable<FlowStep> Steps(int dimension, int layers, Func<bool, FlowStep> create)
    {
        for (int i = 0; i < layers; i++)
        {
            if (i > 0 && dimension > 2)
            {
                yield return new LuLinearStep();
            }

            yield return create(i % 2 == 1);
        }
    }
}
