using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

/// <summary>One kind of head with targets that suit it: a row of the table that all heads go through.</summary>
internal abstract class HeadCase(string name, double[] targets)
{
    private static readonly double[] s_vectors = [0.3, -1.2, 2.5, 0.1, 0.2, -0.7];

    public string Name => name;

    public double[] Targets => targets;

    /// <summary>Every kind of head, and the settings that change its formulas.</summary>
    public static IReadOnlyDictionary<string, HeadCase> All { get; } = new HeadCase[]
    {
        new HeadCase<Normal>("Normal", () => new NormalHead(), [0.3, -1.2, 2.5]),
        new HeadCase<Normal>("Normal, two outputs", () => new NormalHead(outputs: 2), [0.3, -1.2, 2.5, 0.1, 0.2, -0.7]),
        new HeadCase<StudentT>("StudentT", () => new StudentTHead(), [0.3, -1.2, 2.5]),
        new HeadCase<StudentT>("StudentT, fixed df", () => new StudentTHead(df: 4), [0.3, -1.2, 2.5]),
        new HeadCase<Laplace>("Laplace", () => new LaplaceHead(), [0.3, -1.2, 2.5]),
        new HeadCase<Logistic>("Logistic", () => new LogisticHead(), [0.3, -1.2, 2.5]),
        new HeadCase<Mixture<Normal>>("NormalMixture", () => new NormalMixtureHead(components: 3), [0.3, -1.2, 2.5]),
        new HeadCase<Mixture<Normal>>("NormalMixture, two outputs", () => new NormalMixtureHead(3, outputs: 2), [0.3, -1.2, 2.5, 0.1, 0.2, -0.7]),
        new HeadCase<Normal>("HomoscedasticNormal", () => new HomoscedasticNormalHead(), [0.3, -1.2, 2.5]),
        new HeadCase<Normal>("HomoscedasticNormal, two outputs", () => new HomoscedasticNormalHead(outputs: 2), [0.3, -1.2, 2.5, 0.1, 0.2, -0.7]),
        new HeadCase<Mixture<StudentT>>("StudentTMixture", () => new StudentTMixtureHead(components: 3), [0.3, -1.2, 2.5]),
        new HeadCase<Mixture<StudentT>>("StudentTMixture, fixed df", () => new StudentTMixtureHead(components: 3, df: 4), [0.3, -1.2, 2.5]),
        new HeadCase<Mixture<Logistic>>("LogisticMixture", () => new LogisticMixtureHead(components: 3), [0.3, -1.2, 2.5]),
        new HeadCase<LogNormal>("LogNormal", () => new LogNormalHead(), [0.3, 1.2, 25]),
        new HeadCase<LogNormal>("LogNormal, two outputs", () => new LogNormalHead(outputs: 2), [0.3, 1.2, 25, 1, 0.01, 3]),
        new HeadCase<Gamma>("Gamma", () => new GammaHead(), [0.3, 1.2, 25]),
        new HeadCase<Beta>("Beta", () => new BetaHead(), [0.3, 0.01, 0.95]),
        new HeadCase<Mixture<LogNormal>>("LogNormalMixture", () => new LogNormalMixtureHead(components: 3), [0.3, 1.2, 25]),
        new HeadCase<Mixture<Beta>>("BetaMixture", () => new BetaMixtureHead(components: 3), [0.3, 0.01, 0.95]),
        new HeadCase<CircularVonMises>("VonMises", () => new VonMisesHead(), [0.3, -3.1, 2.5]),
        new HeadCase<Mixture<CircularVonMises>>("VonMisesMixture", () => new VonMisesMixtureHead(components: 2), [0.3, -3.1, 2.5]),
        new HeadCase<PiecewiseUniform>("Bins", () => new BinsHead([-1, 0, 1, 2]), [0.3, -1.2, 2.5]),
        new HeadCase<PiecewiseUniform>("Quantile", () => new QuantileHead([0.1, 0.3, 0.5, 0.8]), [0.3, -1.2, 2.5]),
        new HeadCase<PiecewiseUniform>("Quantile, two outputs", () => new QuantileHead([0.2, 0.7], outputs: 2), s_vectors),
        new HeadCase<Independent<Normal>>("DiagonalNormal", () => new DiagonalNormalHead(2), s_vectors),
        new HeadCase<MultivariateNormal>("MultivariateNormal", () => new MultivariateNormalHead(2), s_vectors),
        new HeadCase<LowRankMultivariateNormal>("LowRankNormal", () => new LowRankNormalHead(2, rank: 1), s_vectors),
        new HeadCase<VectorMixture<Independent<Normal>>>("DiagonalNormalMixture", () => new DiagonalNormalMixtureHead(2, 2), s_vectors),
        new HeadCase<VectorMixture<MultivariateNormal>>("MultivariateNormalMixture", () => new MultivariateNormalMixtureHead(2, 2), s_vectors),
        new HeadCase<VectorMixture<LowRankMultivariateNormal>>("LowRankNormalMixture", () => new LowRankNormalMixtureHead(2, 2, rank: 1), s_vectors),
        new HeadCase<Normal>("MeanSquaredError", () => new MeanSquaredErrorHead(), [0.3, -1.2, 2.5]),
        new HeadCase<Normal>("MeanSquaredError, two outputs", () => new MeanSquaredErrorHead(outputs: 2), s_vectors),
        new HeadCase<Bernoulli>("Bernoulli", () => new BernoulliHead(), [0, 1, 1]),
        new HeadCase<Categorical>("Categorical", () => new CategoricalHead(classes: 4), [3, 0, 2]),
        new HeadCase<Poisson>("Poisson", () => new PoissonHead(), [0, 3, 17]),
        new HeadCase<NegativeBinomial>("NegativeBinomial", () => new NegativeBinomialHead(), [0, 3, 17]),
        new HeadCase<Binomial>("Binomial", () => new BinomialHead(trials: 20), [0, 3, 20]),
        new HeadCase<ZeroInflated<Poisson>>("ZeroInflatedPoisson", () => new ZeroInflatedPoissonHead(), [0, 3, 17]),
        new HeadCase<ZeroInflated<NegativeBinomial>>("ZeroInflatedNegativeBinomial", () => new ZeroInflatedNegativeBinomialHead(), [0, 3, 17]),
        new HeadCase<Hurdle<Poisson>>("HurdlePoisson", () => new HurdlePoissonHead(), [0, 3, 17]),
        new HeadCase<Hurdle<NegativeBinomial>>("HurdleNegativeBinomial", () => new HurdleNegativeBinomialHead(), [0, 3, 17]),
    }.ToDictionary(head => head.Name);

    /// <summary>The heads whose targets can be shifted and scaled.</summary>
    public static IReadOnlyList<string> Affine { get; } =
        [.. All.Values.Where(head => head.Create().Scaling == TargetScaling.Affine).Select(head => head.Name)];

    /// <summary>The heads whose targets can be scaled.</summary>
    public static IReadOnlyList<string> ScaleOnly { get; } =
        [.. All.Values.Where(head => head.Create().Scaling == TargetScaling.ScaleOnly).Select(head => head.Name)];

    /// <summary>The heads whose loss is a negative log density with a floor under the scale.</summary>
    public static IReadOnlyList<string> Floored { get; } = [.. Affine.Where(head => !IsError(head))];

    /// <summary>The heads whose loss has a unit: not a sum of errors of several outputs.</summary>
    public static IReadOnlyList<string> WithUnits { get; } = [.. Affine.Concat(ScaleOnly).Where(head => !(IsError(head) && All[head].Create().TargetShape.Rank > 0))];

    /// <summary>Whether the loss is an error in units of the target, or of its square, and no log density.</summary>
    public static bool IsError(string head) => head.StartsWith("MeanSquaredError", StringComparison.Ordinal) || head.StartsWith("Quantile", StringComparison.Ordinal);

    public abstract IHead Create();

    /// <summary>Checks the gradient of the loss of a small model with respect to all its parameters.</summary>
    public abstract GradientCheckResult CheckGradients();

    /// <summary>The loss of each example, and the gradient of their sum with respect to the raw parameters.</summary>
    public abstract (Tensor Loss, Tensor Gradient) LossOfRaw(Tensor raw, Tensor targets);

    /// <summary>Mean and standard deviation of the first prediction after initialization for given targets.</summary>
    public abstract (Tensor Mean, Tensor StdDev) FirstPrediction(TargetStatistics statistics);

    /// <summary>
    /// The mean loss of a model with standardized targets as the head tells it in original units, and the same computed from the prediction in original units.
    /// </summary>
    public abstract (double Told, double Computed) LossInOriginalUnits(Standardizer targets);

    /// <summary>The targets as a tensor [3] or [3, outputs].</summary>
    public Tensor TargetTensor(DType dtype) => Tensor.From(Targets, Shape.Create([3]).Concat(Create().TargetShape)).Cast(dtype);
}

/// <inheritdoc/>
internal sealed class HeadCase<TOut>(string name, Func<ParametricHead<TOut>> create, double[] targets) : HeadCase(name, targets) where TOut : Distribution
{
    private static readonly LossContext s_context = new(RandomKey.FromSeed(5), 0.5);
    private static readonly Tensor s_x = Tensor.From(new[,] { { 0.5, -1.0 }, { 1.5, 0.3 }, { -0.7, 0.9 } });

    public override IHead Create() => create();

    public override GradientCheckResult CheckGradients()
    {
        Model<TOut> model = Build();
        Tensor y = TargetTensor(DType.Float64);
        return GradientCheck.Run(
            () => model.Head.Loss(model.Forward(s_x, ForwardContext.Inference), y, s_context).Mean(), model.Parameters);
    }

    public override (Tensor Loss, Tensor Gradient) LossOfRaw(Tensor raw, Tensor y)
    {
        ParametricHead<TOut> head = create();
        head.Build([2], new BuildContext("head", RandomKey.FromSeed(1), raw.DType));
        Tensor loss = null!;
        Tensor gradient = Gradient.Of(
            r =>
            {
                Tensor each = head.Loss(head.FromRaw(r), y, s_context);
                loss = Gradient.Stop(each);
                return each.Sum();
            },
            raw);
        return (loss, gradient);
    }

    public override (Tensor Mean, Tensor StdDev) FirstPrediction(TargetStatistics statistics)
    {
        ParametricHead<TOut> head = create();
        head.Build([2], new BuildContext("head", RandomKey.FromSeed(1), DType.Float64));
        head.InitializeFor(statistics);
        TOut prediction = head.Forward(Tensor.Zeros([1, 2], DType.Float64));
        return (prediction.Mean().Value[0], prediction.StdDev().Value[0]);
    }

    public override (double Told, double Computed) LossInOriginalUnits(Standardizer targets)
    {
        Model<TOut> model = Build();
        model.TargetStandardizer = targets;
        Tensor y = TargetTensor(DType.Float64);
        TOut prediction = model.Forward(s_x, ForwardContext.Inference);
        double loss = model.Head.Loss(prediction, targets.Apply(y, DType.Float64), s_context).Mean().ToScalar();
        double computed = model.Head.Loss(model.ToOriginalUnits(prediction), y, s_context).Mean().ToScalar();
        return (model.Head.LossInOriginalUnits(loss, targets.Scale), computed);
    }

    private Model<TOut> Build() =>
        new Model<TOut>(new Sequential(new Dense(3, Activation.Tanh)), create(), DType.Float64).Build(2, RandomKey.FromSeed(3));
}
