using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Tests.Inference;

public class DensityScoreTests
{
    private static readonly RandomKey s_key = RandomKey.FromSeed(71);

    [Fact]
    public void Score_VectorsOfAKnownNormal_IsTheMeanLogDensityWithItsError()
    {
        const int Count = 4000;
        var truth = MultivariateNormal.Diagonal(Tensor.From(1.0, -2), Tensor.From(0.5, 3));
        Tensor y = truth.Sample(s_key, Count);

        DensityScore score = truth.Score(y);

        // −ln p has the mean ln 2π + 1 + ln 1.5, and half a χ² of two degrees of freedom varies by 1.
        Assert.Equal((Count, Shape.Create([2]), Measure.Lebesgue, Evidence.Exact), (score.Count, score.Example, score.Measure, score.Evidence));
        Assert.Equal(1 / Math.Sqrt(Count), score.StandardError, 0.1 / Math.Sqrt(Count));
        Assert.Equal(-Math.Log(2 * Math.PI) - 1 - Math.Log(1.5), score.Mean, 5 * score.StandardError);
        Assert.Equal(truth.LogProb(y).ToDoubles(), score.Each);
        Assert.Equal("log density", score.Label);
    }

    [Fact]
    public void Score_ConditionalAndUnconditionalModels_IsTheMeanOfLogProb()
    {
        Tensor x = s_key.Normal([30, 2]), y = s_key.FoldIn(1).Normal([30, 2]), number = y[.., 0];

        Model<TransformedVector> flow = Model.Sequential([], Flows.RealNvp(2, layers: 2, hidden: [4])).Build(2, s_key);
        Assert.Equal(flow.Predict(x).LogProb(y).Mean().ToScalar(), flow.Score(x, y.Cast(DType.Float64)).Mean, 1e-5);

        // Two numbers an example belong together.
        Model<Normal> numbers = Model.Unconditional(new NormalHead(outputs: 2)).Build(0, s_key);
        Assert.Equal(numbers.Predict().LogProb(y).Sum(-1).Mean().ToScalar(), numbers.Score(y).Mean, 1e-5);
        Assert.Equal(Shape.Create([2]), numbers.Score(y).Example);

        // An Evaluation's NLL is the same number for one number an example.
        Model<Normal> one = Model.Unconditional(new NormalHead()).Build(0, s_key);
        Evaluation evaluation = one.Predict().Evaluate(number), same = one.Evaluate(number);
        Assert.Equal(-one.Score(number).Mean, evaluation.Nll, 1e-9);
        Assert.Equal((evaluation.Nll, evaluation.Crps, evaluation.Rmse, evaluation.Coverage(0.9)), (same.Nll, same.Crps, same.Rmse, same.Coverage(0.9)));
        Assert.Equal(evaluation.Crps, one.Predict(Tensor.Zeros([30, 0])).Evaluate(number).Crps, 1e-6);
    }

    [Fact]
    public void Score_AutoencoderAndStochasticDiffusion_AreLabelled()
    {
        Tensor y = s_key.Normal([20, 2]);
        Model<Vae> vae = Model.Unconditional(new VaeHead(1, [new Dense(2)], [new Dense(2)], new NormalHead(outputs: 2))).Build(0, s_key);
        Model<Vae> binary = Model.Unconditional(new VaeHead(1, [new Dense(2)], [new Dense(2)], new BernoulliHead(outputs: 2))).Build(0, s_key);
        Model<StochasticDiffusion> diffusion = Model.Unconditional(new StochasticDiffusionHead(2, new Dense(4))).Build(0, s_key);

        DensityScore bound = vae.Score(y, s_key, samples: 8);

        Assert.Equal(vae.Predict().LogProbEstimate(y, s_key, 8).Value.Mean().ToScalar(), bound.Mean, 1e-5);
        Assert.Equal("lower bound of the log density, 8 draws", bound.Label);
        Assert.StartsWith("20 examples: lower bound of the log density, 8 draws ≥ ", bound.ToString(), StringComparison.Ordinal);
        Assert.Equal("lower bound of the log mass, 8 draws", binary.Score((y > 0).Cast(DType.Float32), s_key, 8).Label);
        Assert.Equal("estimate of the log density, 2 draws", diffusion.Score(y, s_key, 2).Label);
    }

    [Fact]
    public void Score_ObservationsOfAnotherShape_AreRefused()
    {
        Independent<Normal> one = MultivariateNormal.Diagonal(Tensor.From(0.0, 0), Tensor.From(1.0, 1));
        Normal several = new(Tensor.Zeros([5], DType.Float64), Tensor.Ones([5], DType.Float64));

        Assert.Contains("must be of shape [n, 2]", Refused(() => one.Score(Tensor.Zeros([7, 3], DType.Float64))), StringComparison.Ordinal);
        Assert.Contains("must be of shape [n, 2]", Refused(() => one.Score(Tensor.Zeros([2], DType.Float64))), StringComparison.Ordinal);
        Assert.Contains("must be of shape [5]", Refused(() => several.Score(Tensor.Zeros([5, 1], DType.Float64))), StringComparison.Ordinal);
        Assert.Contains("and at least one", Refused(() => one.Score(Tensor.Zeros([0, 2], DType.Float64))), StringComparison.Ordinal);
        Assert.Contains(
            "row 1", Assert.Throws<ArgumentException>(() => several.Score(Tensor.From(0, double.NaN, 0, 0, 0))).Message, StringComparison.Ordinal);

        static string Refused(Func<object> score) => Assert.Throws<ShapeException>(score).Message;
    }

    [Fact]
    public void Above_ExactDensity_IsTheGapInPairs()
    {
        // The divergence of N(0, 1) from N(0.1, 1) is 0.005; the log ratio varies by 0.1.
        const int Count = 10_000;
        var truth = new Normal(0.0, 1.0);
        var other = new Normal(0.1, 1.0);
        Tensor y = truth.Sample(s_key, Count);

        (double gap, double error) = truth.Score(y).Above(other.Score(y));

        Assert.Equal(0.1 / Math.Sqrt(Count), error, 0.1 * 0.1 / Math.Sqrt(Count));
        Assert.Equal(0.005, gap, 5 * error);
        Assert.Equal((0, 0), truth.Score(y).Above(truth.Score(y)));
    }

    [Fact]
    public void Scoreboard_BestFirst_LabelsBoundsAndRefusesToMixMeasures()
    {
        Tensor y = Tensor.From(0.0, 1, 2, 1);
        var board = new Scoreboard().Add("wide", new Normal(1.0, 2.0).Score(y)).Add("right", new Normal(1.0, 0.7).Score(y))
            .Add("bound", new Normal(1.0, 0.8).Score(y) with { Evidence = Evidence.LowerBound });

        Assert.Equal(["right", "bound", "wide"], board.Rows.Select(row => row.Name));
        string[] lines = board.ToString().TrimEnd().Split('\n');
        Assert.Equal("| model | nats an example | behind the first | what it is |", lines[0]);

        // ln N(y; 1, 0.7²) is −0.5623 at 1 and 1.0204 less a distance of 1 away.
        Assert.Equal("| right | -1.072 ± 0.295 |  | log density |", lines[2]);
        Assert.EndsWith("| lower bound of the log density |", lines[3], StringComparison.Ordinal);

        ArgumentException mixed = Assert.Throws<ArgumentException>(() => board.Add("counts", new Poisson(1.0).Score(y)));
        Assert.Contains(
            "'wide' and 'counts': one score is a density and the other a mass: numbers under different measures must not be compared", mixed.Message, StringComparison.Ordinal);
        DensityScore few = new Normal(1.0, 2.0).Score(y[..3]);
        Assert.Contains("of 4 examples, the other of 3", Assert.Throws<ArgumentException>(() => board.Add("few", few)).Message, StringComparison.Ordinal);
        Assert.Contains("a row 'wide' already", Assert.Throws<ArgumentException>(() => board.Add("wide", new Normal(1.0, 2.0).Score(y))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_ExampleOfDensityZero_IsMinusInfinity()
    {
        DensityScore score = new Uniform(0.0, 1.0).Score(Tensor.From(0.5, 2));

        Assert.Equal(double.NegativeInfinity, score.Mean);
        Assert.True(double.IsNaN(score.StandardError));
        Assert.Equal((0, 0), score.Above(score));
    }

    [Fact]
    public void Add_ScoresOfOtherExamplesOrAnotherOrder_IsRefused()
    {
        var truth = new Normal(0.0, 1.0);
        Tensor y = truth.Sample(RandomKey.FromSeed(1), 100);
        Scoreboard board = new Scoreboard().Add("p(y|x)", truth.Score(y)).Add("in double", new Normal(Tensor.Scalar(0, DType.Float64), 1).Score(y.Cast(DType.Float64)));
        var e = Assert.Throws<ArgumentException>(() => board.Add("turned", truth.Score(y.Flip(0))));
        Assert.Contains("another order", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => board.Add("others", truth.Score(truth.Sample(RandomKey.FromSeed(2), 100))));
        board.Add("elsewhere", new DensityScore { Each = new double[100], Example = Shape.Scalar, Measure = Measure.Lebesgue, Evidence = Evidence.Exact });
        Assert.Contains("p(y\\|x)", board.ToString(), StringComparison.Ordinal);
    }
}
