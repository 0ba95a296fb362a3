using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Examples.FlowDensities;

/// <summary>One kind of model.</summary>
/// <param name="Id">Its name on the command line and in the JSON file.</param>
/// <param name="Name">Its name in the table.</param>
/// <param name="Fit">Trains on points, and for validation on others if there are any.</param>
internal sealed record Contestant(string Id, string Name, Func<PointSet, Settings, RandomKey, CancellationToken, FittedFlow> Fit)
{
    /// <summary>The steps of each flow.</summary>
    private const int Couplings = 6, Autoregressions = 3, AffineSteps = 8;

    // A step of flow matching is one pass of one network, so that a larger one and more of them take no more time than a step of the others; its target is a random one.
    private const int MatchingSteps = 3;

    // In standardized units: the points lie within it.
    private const double Bound = 4;

    public static IReadOnlyDictionary<string, Contestant> All { get; } = new[]
    {
        Of("mdn", "mixture of Normals", s => new MultivariateNormalMixtureHead(s.Components, 2)),
        Of("mixture", "autoregressive mixture", s => new AutoregressiveMixtureHead(2, s.Components, s.Hidden.Sum())),
        Of("coupling", "spline coupling", Coupling),
        Of("spline", "autoregressive spline", s => Flows.AutoregressiveSpline(2, Autoregressions, s.Bins, Bound, s.Hidden)),
        Of("maf", "MAF", s => Flows.Maf(2, AffineSteps, s.Hidden)),
        Of("matching", "flow matching", s => new ContinuousFlowHead(2, FlowObjective.FlowMatching, Wide(s)), MatchingSteps),
        Of(
            "transport", "flow matching, optimal transport",
            s => new ContinuousFlowHead(2, FlowObjective.FlowMatching, Wide(s)) { Coupling = FlowCoupling.OptimalTransport }, MatchingSteps),
        Of("cnf", "CNF by likelihood", s => new ContinuousFlowHead(2, FlowObjective.MaximumLikelihood, s.Hidden)),
    }.ToDictionary(contestant => contestant.Id);

    private static int[] Wide(Settings settings) => [.. settings.Hidden.Append(settings.Hidden[^1]).Select(units => 2 * units)];

    // Smooth networks, and a spline for each coordinate first, so that the couplings begin with even margins.
    private static FlowHead Coupling(Settings settings)
    {
        var map = ElementMap.Spline(settings.Bins, Bound);
        IEnumerable<FlowStep> couplings = Enumerable.Range(0, Couplings).Select(i => new CouplingStep(map, swap: i % 2 == 1, settings.Hidden, Activation.Silu));
        return new FlowHead(2, [new ElementwiseStep(map), .. couplings]);
    }

    private static Contestant Of<TOut>(string id, string name, Func<Settings, Head<TOut>> head, int times = 1) where TOut : Distribution =>
        new(id, name, (points, settings, key, cancellation) =>
        {
            Model<TOut> model = Model.Unconditional(head(settings));
            Tensor train = points.TrainWithNoise(settings.Jitter, key.FoldIn(1));
            History history = model.Fit(train, settings.Fit(train.Shape[0], points.Validation, times, key, cancellation));
            return new FittedFlow(model.Predict(), history);
        });
}
