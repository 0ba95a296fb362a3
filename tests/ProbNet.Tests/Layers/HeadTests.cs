using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

public class HeadTests
{
    public static TheoryData<string> All => [.. HeadCase.All.Keys];

    public static TheoryData<string> Affine => [.. HeadCase.Affine];

    public static TheoryData<string> ScaleOnly => [.. HeadCase.ScaleOnly];

    public static TheoryData<string> WithUnits => [.. HeadCase.WithUnits];

    public static TheoryData<string> Floored => [.. HeadCase.Floored];

    [Theory]
    [MemberData(nameof(All))]
    public void Loss_OfAModel_HasTheGradientOfItsDifferences(string head) => HeadCase.All[head].CheckGradients().ThrowIfFailed();

    [Theory]
    [MemberData(nameof(All))]
    public void Loss_ExtremeRawParameters_IsFiniteWithFiniteGradients(string name)
    {
        HeadCase head = HeadCase.All[name];
        int size = RawSize(head);
        foreach ((DType dtype, double[] extremes) in ((DType, double[])[])[(DType.Float64, [-1e4, -100, 0, 100, 1e4]), (DType.Float32, [-1e4, -80, 0, 80, 1e4])])
        {
            Tensor targets = head.TargetTensor(dtype);
            int n = targets.Shape[0];
            foreach (double[] values in Combinations(extremes, size))
            {
                Tensor raw = Tensor.From(values, [1, size]).BroadcastTo([n, size]).Cast(dtype);

                (Tensor loss, Tensor gradient) = head.LossOfRaw(raw, targets);

                string point = $"{name}, {dtype}, raw {string.Join(", ", values)}";
                Assert.True(loss.ToDoubles().All(double.IsFinite), $"{point}: loss {loss}");
                Assert.True(gradient.ToDoubles().All(double.IsFinite), $"{point}: gradient {gradient}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Floored))]
    public void Loss_AllTargetsOnOnePoint_IsBoundedByTheFloor(string name)
    {
        HeadCase head = HeadCase.All[name];
        int size = RawSize(head), outputs = head.Create().TargetShape.Size;
        Tensor targets = Tensor.Zeros(head.TargetTensor(DType.Float64).Shape, DType.Float64);

        // Locations at the targets and scales at their smallest: whatever else is raw, no density exceeds 1/(2·floor), the Laplace peak.
        (Tensor loss, _) = head.LossOfRaw(
            Tensor.From([.. Enumerable.Range(0, 3 * size).Select(i => IsLocation(name, i % size) ? 0.0 : -1e4)], [3, size]), targets);

        Assert.All(loss.ToDoubles(), value => Assert.InRange(value, outputs * Math.Log(2e-3) - 1e-9, double.MaxValue));
    }

    [Theory]
    [MemberData(nameof(Affine))]
    public void InitializeFor_AnyTargets_GivesTheFirstPredictionTheirMeanAndSpread(string name)
    {
        Shape shape = HeadCase.All[name].Create().TargetShape;
        var statistics = new TargetStatistics(Tensor.Full(shape, 42.5, DType.Float64), Tensor.Full(shape, 7.25, DType.Float64));

        (Tensor mean, Tensor deviation) = HeadCase.All[name].FirstPrediction(statistics);

        Assert.All(mean.ToDoubles(), value => Assert.Equal(42.5, value, 1e-9));

        // The squared error's deviation is set after training, from held-out errors; it starts at 1.
        Assert.All(deviation.ToDoubles(), value => Assert.Equal(name.StartsWith("MeanSquaredError", StringComparison.Ordinal) ? 1 : 7.25, value, 1e-9));
    }

    [Theory]
    [MemberData(nameof(ScaleOnly))]
    public void InitializeFor_PositiveTargets_GivesTheFirstPredictionTheirMeanAndSpread(string name)
    {
        Shape shape = HeadCase.All[name].Create().TargetShape;
        var statistics = new TargetStatistics(Tensor.Full(shape, 0.8, DType.Float64), Tensor.Full(shape, 0.6, DType.Float64));

        (Tensor mean, Tensor deviation) = HeadCase.All[name].FirstPrediction(statistics);

        Assert.All(mean.ToDoubles(), value => Assert.Equal(0.8, value, 1e-9));
        Assert.All(deviation.ToDoubles(), value => Assert.Equal(0.6, value, 1e-9));
    }

    [Theory]
    [InlineData("Bernoulli", 0.2, 1)]
    [InlineData("Poisson", 6.5, 1)]
    [InlineData("NegativeBinomial", 6.5, 4)]
    [InlineData("Binomial", 6.5, 1)]
    [InlineData("ZeroInflatedPoisson", 6.5, 1)]
    [InlineData("HurdlePoisson", 2.5, 1)]
    [InlineData("HurdleNegativeBinomial", 2.5, 3)]
    [InlineData("Beta", 0.3, 0.2)]
    public void InitializeFor_CountsAndFractions_GivesTheFirstPredictionTheirMean(string name, double mean, double deviation)
    {
        (Tensor predicted, _) = HeadCase.All[name].FirstPrediction(new(Tensor.Scalar(mean, DType.Float64), Tensor.Scalar(deviation, DType.Float64)));

        Assert.Equal(mean, predicted.ToScalar(), 1e-10);
    }

    [Theory]
    [MemberData(nameof(WithUnits))]
    public void LossInOriginalUnits_StandardizedTargets_IsTheLossOfTheRescaledPrediction(string name)
    {
        Shape shape = HeadCase.All[name].Create().TargetShape;
        double first = HeadCase.All[name].Create().Scaling == TargetScaling.Affine ? 10 : 0;
        Tensor mean = Tensor.Arange(first, first + shape.Size, dtype: DType.Float64).Reshape(shape) * (first / 10);
        Tensor scale = Tensor.Arange(3, 3 + shape.Size, dtype: DType.Float64).Reshape(shape);

        (double told, double computed) = HeadCase.All[name].LossInOriginalUnits(new Standardizer(mean, scale));

        Assert.Equal(computed, told, 1e-9 * Math.Abs(computed));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Describe_ThroughTheRegistry_MakesTheSameHead(string name)
    {
        IHead head = HeadCase.All[name].Create();

        IHead copy = LayerRegistry.CreateHead(LayerDescription.FromJson(head.Describe().ToJson()));

        Assert.Equal(head.GetType(), copy.GetType());
        Assert.Equal(head.Describe().ToString(), copy.Describe().ToString());
    }

    [Theory]
    [InlineData("Normal", new[] { 0, double.PositiveInfinity, 1 },
        "NormalHead: the target in row 1 is Infinity, outside of the support (−∞, ∞) of the prediction.")]
    [InlineData("Normal, two outputs", new[] { 0, 1, 2, 3, 4, double.NaN },
        "NormalHead: the target in row 2, column 1 is NaN, outside of the support (−∞, ∞) of the prediction.")]
    [InlineData("Poisson", new[] { 2, 0.5, 1 }, "PoissonHead: the target in row 1 is 0.5, outside of the support {0, 1, 2, …} of the prediction.")]
    [InlineData("Bernoulli", new[] { 1.0, 0, 2 }, "BernoulliHead: the target in row 2 is 2, outside of the support {0, 1} of the prediction.")]
    [InlineData("Categorical", new[] { -1.0, 0, 2 }, "CategoricalHead(4): the target in row 0 is -1, outside of the support {0, …, 3} of the prediction.")]
    public void CheckTargets_OutsideOfTheSupport_NamesTheRow(string name, double[] targets, string message)
    {
        IHead head = HeadCase.All[name].Create();

        var error = Assert.Throws<ArgumentException>(() => head.CheckTargets(Tensor.From(targets, Shape.Create([3]).Concat(head.TargetShape))));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void CheckTargets_InTheSupport_Passes(string name) => HeadCase.All[name].Create().CheckTargets(HeadCase.All[name].TargetTensor(DType.Float32));

    [Theory]
    [InlineData("Beta", 1 - 1e-12, "BetaHead: the target in row 0 is 0.999999999999, which is 1 in Float32, outside of the support (0, 1)")]
    [InlineData("Beta", 1e-60, "BetaHead: the target in row 0 is 1E-60, which is 0 in Float32, outside of the support (0, 1)")]
    [InlineData("Gamma", 1e-50, "GammaHead: the target in row 0 is 1E-50, which is 0 in Float32, outside of the support (0, ∞)")]
    [InlineData("LogNormal", 1e-50, "LogNormalHead: the target in row 0 is 1E-50, which is 0 in Float32")]
    [InlineData("VonMises", 3.2, "VonMisesHead: the target in row 0 is 3.2, which is 3.200000047683716 in Float32, outside of the support [-3.141592653589793, 3.141592653589793]")]
    public void Fit_TargetOutsideInTheTypeOfTheModel_IsRefused(string name, double target, string message)
    {
        var head = (INestedHead)HeadCase.All[name].Create();

        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => head.CheckTargets(Tensor.From([target]), DType.Float32)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckTargets_FloatPi_IsAnAngle()
    {
        // What Atan2(0, −1) is in Float32: above π in Float64.
        Tensor angle = Tensor.Atan2(Tensor.From(0f, 0f), Tensor.From(-1f, -1f));

        new VonMisesHead().CheckTargets(angle);
        Model<CircularVonMises> model = Model.Unconditional(new VonMisesHead());
        model.Fit(angle, new FitOptions { Epochs = 1, ShowProgress = false });
        Assert.True(double.IsFinite(model.Predict().LogProb(angle[0]).ToScalar()));
    }

    [Fact]
    public void Calibrate_MeanSquaredError_SetsTheDeviationToTheRootMeanSquareError()
    {
        var head = new MeanSquaredErrorHead();
        head.Build([1], new BuildContext("head", RandomKey.FromSeed(1), DType.Float32));

        // Errors 3 and 4, then 5: √((9 + 16 + 25)/3).
        var one = Tensor.From(1f);
        head.Calibrate([(new Normal(Tensor.From(1f, 2f), one), Tensor.From(4f, -2f)), (new Normal(one, one), Tensor.From(6f))]);

        Assert.Equal(Math.Sqrt(50.0 / 3), head.FromRaw(Tensor.Zeros([2, 1])).Scale.ToScalar(), 1e-6);
        Assert.Equal("head.scale", Assert.Single(head.State).Name);
    }

    [Fact]
    public void Calibrate_SeveralOutputs_SetsTheDeviationOfEach()
    {
        var head = new MeanSquaredErrorHead(outputs: 2);
        head.Build([1], new BuildContext("head", RandomKey.FromSeed(1), DType.Float32));

        // Errors (3, 1) and (4, 0).
        head.Calibrate([(new Normal(Tensor.Zeros([2, 2]), Tensor.From(1f)), Tensor.From(new[,] { { 3f, 1 }, { -4, 0 } }))]);

        Tensor scale = head.FromRaw(Tensor.Zeros([5, 2])).Scale;
        Assert.Equal(Math.Sqrt(12.5), scale[TensorIndex.Ellipsis, 0].ToDoubles()[0], 1e-6);
        Assert.Equal(Math.Sqrt(0.5), scale[TensorIndex.Ellipsis, 1].ToDoubles()[0], 1e-6);
    }

    [Fact]
    public void NormalMixtureHead_FirstPrediction_HasComponentsApart()
    {
        var head = new NormalMixtureHead(5);
        head.Build([1], new BuildContext("head", RandomKey.FromSeed(1), DType.Float64));

        double[] locs = head.Forward(Tensor.Zeros([1, 1], DType.Float64)).Components.Loc.ToDoubles();

        // 0.9 of the mid-quantiles of a standard Normal, Φ⁻¹(0.1), Φ⁻¹(0.3), …: R's qnorm((1:5 - 0.5)/5).
        double[] expected = [-1.2815515655446004, -0.5244005127080407, 0, 0.5244005127080407, 1.2815515655446004];
        Assert.All(expected.Zip(locs), pair => Assert.Equal(0.9 * pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void Build_WrongFeatures_NamesTheHeadAndTheShapes()
    {
        var head = new NormalHead();
        var context = new BuildContext("head", RandomKey.FromSeed(1), DType.Float32);

        var images = Assert.Throws<ShapeException>(() => head.Build([3, 4], context));
        head.Build([3], context);
        var others = Assert.Throws<ShapeException>(() => head.Build([4], context));

        Assert.Equal("NormalHead: expects features of shape [n, features], but got [n, 3, 4]; flatten them first.", images.Message);
        Assert.Equal("NormalHead: it was built for features of shape [n, 3], but got [n, 4].", others.Message);
    }

    [Fact]
    public void Create_SettingsOutOfRange_NamesHeadSettingAndValue()
    {
        AssertRefuses("NormalHead: minScale must be above 0", () => new NormalHead(minScale: 0));
        AssertRefuses("StudentTHead: df must be above 1", () => new StudentTHead(df: 1));
        AssertRefuses("NormalMixtureHead: at least one component", () => new NormalMixtureHead(0));
        AssertRefuses("CategoricalHead: at least two classes", () => new CategoricalHead(1));
        AssertRefuses("PoissonHead: at least one output", () => new PoissonHead(0));

        static void AssertRefuses(string message, Func<IHead> create) =>
            Assert.Contains(message, Assert.Throws<ArgumentOutOfRangeException>(create).Message, StringComparison.Ordinal);
    }

    private static int RawSize(HeadCase head)
    {
        IHead built = head.Create();
        built.Build([2], new BuildContext("head", RandomKey.FromSeed(1), DType.Float32));
        return built.Parameters[1].Shape.Size;
    }

    private static bool IsLocation(string name, int index) => name switch
    {
        "DiagonalNormal" or "MultivariateNormal" or "LowRankNormal" => index < 2,
        "DiagonalNormalMixture" => index >= 2 && (index - 2) % 4 < 2,
        "MultivariateNormalMixture" => index >= 2 && (index - 2) % 5 < 2,
        "LowRankNormalMixture" => index >= 2 && (index - 2) % 6 < 2,

        // Three logits, three locations, three scales, and three degrees of freedom if they are learned.
        _ when name.Contains("Mixture", StringComparison.Ordinal) => index % (name == "StudentTMixture" ? 12 : 9) is >= 3 and < 6,
        "Normal, two outputs" => index % 2 == 0,
        "HomoscedasticNormal, two outputs" => true,
        _ => index == 0,
    };

    /// <summary>All points of a grid up to three parameters; else the corners on which all parameters agree, and each alone at an extreme.</summary>
    private static IEnumerable<double[]> Combinations(double[] values, int size)
    {
        if (size <= 3)
        {
            int count = (int)Math.Pow(values.Length, size);
            for (int i = 0; i < count; i++)
            {
                int code = i;
                yield return [.. Enumerable.Range(0, size).Select(_ =>
                {
                    (code, int digit) = Math.DivRem(code, values.Length);
                    return values[digit];
                })];
            }

            yield break;
        }

        foreach (double common in values)
        {
            for (int i = 0; i < size; i++)
            {
                foreach (double own in values)
                {
                    yield return [.. Enumerable.Range(0, size).Select(j => j == i ? own : common)];
                }
            }
        }
    }
}
