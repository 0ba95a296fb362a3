using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

public class VaeTests
{
    // Standard errors that an unbiased estimate may be away from the truth: a two-sided probability of 1e-6.
    private const double Sigmas = 4.9;

    private static readonly RandomKey s_key = RandomKey.FromSeed(31);

    [Fact]
    public void Sample_MoreThanIsDecodedAtOnce_HasDrawsOfItsOwnInEachPart()
    {
        // Four million numbers are decoded at once: 65,536 examples of 64.
        const int Count = 66_000, Part = 1 << 16;
        Model<Vae> model = Model.Unconditional(new VaeHead(1, [new Dense(2)], [new Dense(2)], new NormalHead(outputs: 64)));
        model.Build(0, RandomKey.FromSeed(5));

        // What is decoded is the same for all: a key that comes twice would give the same numbers to the bit.
        Parameter weight = model.Parameters.Single(parameter => parameter.Name == "head.likelihood.weight");
        weight.Value = Tensor.Zeros(weight.Shape);
        Tensor draws = model.Predict().Sample(RandomKey.FromSeed(6), Count);
        Assert.Equal([Count, 64], draws.Shape);
        Assert.DoesNotContain(draws[Part..(Part + 10)].ToDoubles(), draws[..10].ToDoubles().Contains);
    }

    [Fact]
    public void Elbo_TrueOrOtherPosterior_IsTheDensityOrBelow()
    {
        Tensor y = LinearVae.Create(isExact: true).Exact.Sample(s_key, 40);
        LinearVae exact = LinearVae.Create(isExact: true), other = LinearVae.Create(isExact: false);
        double[] truth = exact.Exact.LogProb(y).ToDoubles();

        Estimate tight = exact.Prediction.Elbo(y, s_key, 2000), loose = other.Prediction.Elbo(y, s_key, 2000);

        Assert.Equal(Evidence.LowerBound, tight.Kind);
        Assert.Equal(y.Shape[..1], tight.Value.Shape);
        for (int i = 0; i < truth.Length; i++)
        {
            Assert.Equal(truth[i], tight.Value[i].ToScalar(), Sigmas * tight.StandardError[i].ToScalar());

            // ln p(y) − ELBO = KL(q‖p(z|y)): 0.3926 and more for deviations that are 1.3 and 1.6 times too wide, Σ ½(s² − 1) − ln s.
            Assert.True(truth[i] - loose.Value[i].ToScalar() > 0.39 - (Sigmas * loose.StandardError[i].ToScalar()));
        }
    }

    [Fact]
    public void LogProbEstimate_MoreDraws_RisesToTheDensity()
    {
        const int Count = 4000;
        LinearVae other = LinearVae.Create(isExact: false);
        Tensor y = other.Exact.Sample(s_key, Count);
        Tensor truth = other.Exact.LogProb(y), before = other.Prediction.Elbo(y, s_key.FoldIn(9), 1).Value;
        foreach (int samples in (int[])[4, 16, 64])
        {
            Estimate bound = other.Prediction.LogProbEstimate(y, s_key.FoldIn((ulong)samples), samples);
            Tensor rise = bound.Value - before;

            Assert.Equal(Evidence.LowerBound, bound.Kind);
            Assert.True(rise.Mean().ToScalar() > Sigmas * rise.Std().ToScalar() / Math.Sqrt(Count), $"{samples} draws: {rise.Mean()}");
            Assert.True((truth - bound.Value).Mean().ToScalar() > 0);
            before = bound.Value;
        }

        // Enough of them give the density itself; what is left of the bias is half the square of the standard error.
        Estimate close = other.Prediction.LogProbEstimate(y[..20], s_key, 10_000);
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(truth[i].ToScalar(), close.Value[i].ToScalar(), Sigmas * close.StandardError[i].ToScalar());
        }
    }

    [Fact]
    public void LogProbEstimate_OneDraw_IsOneDrawOfTheBound()
    {
        LinearVae exact = LinearVae.Create(isExact: true);
        Tensor y = exact.Exact.Sample(s_key, 5);

        // With the true posterior, p(y|z)·p(z)/q(z|y) is p(y) whatever z is.
        Assert.Equal(exact.Exact.LogProb(y).ToDoubles(), exact.Prediction.LogProbEstimate(y, s_key, 1).Value.ToDoubles(), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(exact.Exact.LogProb(y).ToDoubles(), exact.Prediction.AnomalyScore(y, s_key, 3).ToDoubles(), (a, b) => Math.Abs(a + b) < 1e-9);
    }

    [Fact]
    public void Sample_ManyDraws_HasTheMomentsOfTheModel()
    {
        const int Draws = 40_000;
        LinearVae vae = LinearVae.Create(isExact: true);
        Tensor draws = vae.Prediction.Sample(s_key, Draws), centered = draws - vae.Exact.Loc;

        Assert.Equal(Shape.Create([Draws, 3]), draws.Shape);
        for (int i = 0; i < LinearVae.Outputs; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                Tensor product = centered[.., i] * centered[.., j];
                Assert.Equal(vae.Exact.Covariance[i, j].ToScalar(), product.Mean().ToScalar(), Sigmas * product.Std().ToScalar() / Math.Sqrt(Draws));
            }

            Assert.Equal(0, centered[.., i].Mean().ToScalar(), Sigmas * centered[.., i].Std().ToScalar() / Math.Sqrt(Draws));
        }

        Assert.Equal(draws.ToDoubles(), vae.Prediction.Sample(s_key, Draws).ToDoubles());
    }

    [Fact]
    public void Divergence_ClosedForm_IsThatOfDraws()
    {
        // A mixture of one component is N(0, I) too, but not known to be.
        LinearVae closed = LinearVae.Create(isExact: false), drawn = LinearVae.Create(isExact: false, new VaeOptions { Prior = LatentPrior.Of(new OpaqueNormalHead(2)) });
        Tensor y = closed.Exact.Sample(s_key, 20);

        Estimate truth = closed.Prediction.Divergence(y), estimate = drawn.Prediction.Divergence(y, s_key, 4000);

        Assert.Equal((Evidence.Exact, Evidence.Unbiased), (truth.Kind, estimate.Kind));
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(truth.Value[i].ToScalar(), estimate.Value[i].ToScalar(), Sigmas * estimate.StandardError[i].ToScalar());
        }

        // Σ ½·(μ² + s² − 1) − ln s.
        var q = (Independent<Normal>)closed.Prediction.Encode(y);
        Tensor loc = q.Coordinates.Loc, scale = q.Coordinates.Scale;
        Tensor byHand = ((0.5 * (loc.Square() + scale.Square() - 1)) - scale.Log()).Sum(-1);
        Assert.Equal(byHand.ToDoubles(), truth.Value.ToDoubles(), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Reconstruct_Mean_GoesThroughTheLatentVariables()
    {
        LinearVae vae = LinearVae.Create(isExact: true);
        Tensor y = vae.Exact.Sample(s_key, 4), z = vae.Prediction.Encode(y).Mean().Value;

        // W·(WᵀW + σ²I)⁻¹Wᵀ(y − b) + b, with WᵀW = diag(9, 2.88) and σ² = ½.
        Tensor w = Tensor.From(new double[,] { { 2, 1.2 }, { 1, 0 }, { 2, -1.2 } });
        Tensor expected = ((y - vae.Exact.Loc).MatMul(w) * Tensor.From(1 / 9.5, 1 / 3.38)).MatMul(w.Transpose()) + vae.Exact.Loc;
        Assert.Equal(expected.ToDoubles(), vae.Prediction.Reconstruct(y).Mean().Value.ToDoubles(), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(expected.ToDoubles(), vae.Prediction.Decode(z).Mean().Value.ToDoubles(), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void ActiveUnits_VarianceOfThePosteriorMeans_IsCounted()
    {
        LinearVae vae = LinearVae.Create(isExact: true);
        Tensor y = vae.Exact.Sample(s_key, 5000);

        // Var(E[z|y]) = λ/(λ + σ²) for the squared lengths λ = 9 and 2.88 of the columns: 0.947 and 0.852; 5,000 examples know them to 5·√2/√5000.
        Tensor activity = vae.Prediction.LatentActivity(y);
        Assert.Equal(9 / 9.5, activity[0].ToScalar(), 0.1);
        Assert.Equal(2.88 / 3.38, activity[1].ToScalar(), 0.1);
        Assert.Equal(2, vae.Prediction.ActiveUnits(y));
        Assert.Equal(0, vae.Prediction.ActiveUnits(y, threshold: 2));
    }

    [Fact]
    public void LatentTraversal_OneUnit_MovesAlongItsColumn()
    {
        Vae vae = LinearVae.Create(isExact: true).Prediction;
        Distribution path = vae.LatentTraversal(Tensor.From(0.5, -0.25), 1, Tensor.From(-1.0, 0, 2));

        // b + W·(½, v).
        double[] expected = [.. ((double[])[-1, 0, 2]).SelectMany(v => (double[])[0.5 + 1 + (1.2 * v), -1 + 0.5, 0.3 + 1 - (1.2 * v)])];
        Assert.Equal(expected, path.Mean().Value.ToDoubles(), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Contains("0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => vae.LatentTraversal(Tensor.From(0.5, -0.25), 2, Tensor.From(1.0))).Message);
    }

    [Fact]
    public void Rescale_OtherUnits_MovesBoundAndSamples()
    {
        LinearVae vae = LinearVae.Create(isExact: true);
        Tensor loc = Tensor.From(10.0, -3, 0), scale = Tensor.From(2.0, 0.5, 7), y = vae.Exact.Sample(s_key, 6);
        Vae before = vae.Prediction, after = vae.Model.Head.Rescale(before, loc, scale), twice = vae.Model.Head.Rescale(after, loc, scale);
        double[] bound = before.Elbo(y, s_key, 3).Value.ToDoubles();

        // The density of loc + scale·Y is that of Y over the product of the scales.
        Assert.Equal(bound, after.Elbo(loc + (scale * y), s_key, 3).Value.ToDoubles(), (a, b) => Math.Abs(a - Math.Log(7) - b) < 1e-9);
        Assert.Equal(bound, twice.Elbo(loc + (scale * (loc + (scale * y))), s_key, 3).Value.ToDoubles(), (a, b) => Math.Abs(a - (2 * Math.Log(7)) - b) < 1e-9);
        Assert.Equal(
            (loc + (scale * before.Sample(s_key, 5))).ToDoubles(), after.Sample(s_key, 5).ToDoubles(), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(
            (loc + (scale * before.Reconstruct(y).Mean().Value)).ToDoubles(), after.Reconstruct(loc + (scale * y)).Mean().Value.ToDoubles(), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Shapes_SampleBatchEvent_AreKept()
    {
        Model<Vae> model = new Model<Vae>(
            new Sequential([]),
            new VaeHead(2, [new Dense(4, Activation.Tanh)], [new Dense(4, Activation.Tanh)], new BernoulliHead(5)), DType.Float64).Build(3, RandomKey.FromSeed(2));
        Tensor features = s_key.Normal([4, 3], DType.Float64);
        Vae vae = model.Predict(features);
        Tensor y = vae.Sample(s_key, [6]);

        Assert.Equal(Shape.Create([4]), vae.BatchShape);
        Assert.Equal(Shape.Create([6, 4, 5]), y.Shape);
        Assert.Equal(Shape.Create([6, 4, 2]), vae.SampleLatent(s_key, [6]).Shape);
        Assert.Equal(Shape.Create([6, 4]), vae.Elbo(y, s_key, 2).Value.Shape);
        Assert.Equal(Shape.Create([6, 4]), vae.LogProbEstimate(y, s_key, 2).StandardError.Shape);
        Assert.Equal(Shape.Create([4]), vae.Elbo(y[0, 0], s_key, 2).Value.Shape);
        Assert.Equal(Shape.Create([4, 2]), vae.Encode(y[0]).Sample(s_key).Shape);
        Assert.Equal(Shape.Create([4, 5]), vae.Decode(Tensor.Zeros([2], DType.Float64)).Sample(s_key).Shape);
        Assert.Equal(Shape.Create([3, 4, 5]), vae.LatentTraversal(Tensor.Zeros([2], DType.Float64), 0, Tensor.Linspace(-1, 1, 3, DType.Float64)).BatchShape);
        Assert.Equal(Shape.Create([4, 5]), vae.Mean().Value.Shape);

        // A row of a batch is what it is alone.
        Assert.Equal(vae.Encode(y[0]).Mean().Value[2].ToDoubles(), model.Head.Forward(features[2]).Encode(y[0, 2]).Mean().Value.ToDoubles());
    }

    [Fact]
    public void Arguments_OfOtherShapes_AreNamed()
    {
        Vae vae = LinearVae.Create(isExact: true).Prediction;
        Assert.Contains("Vae.Elbo: got a tensor of shape [7, 4]; its last axis must be [3]", Assert.Throws<ShapeException>(() => vae.Elbo(Tensor.Zeros([7, 4]), s_key, 1)).Message);
        Assert.Contains("its last axis must be [2]", Assert.Throws<ShapeException>(() => vae.Decode(Tensor.Zeros([3], DType.Float64))).Message);
        Assert.Contains("at least one draw", Assert.Throws<ArgumentOutOfRangeException>(() => vae.LogProbEstimate(Tensor.Zeros([3], DType.Float64), s_key, 0)).Message);
    }

    [Fact]
    public void Elbo_AnyTypeOfExamples_IsConverted()
    {
        Vae p = Model.Unconditional(new VaeHead(1, [new Dense(2)], [new Dense(2)], new BernoulliHead(outputs: 3))).Build(0, s_key).Predict();
        Tensor y = Tensor.From(new[,] { { 1f, 0, 1 }, { 0, 0, 1 } });
        double[] expected = p.Elbo(y, s_key, 2).Value.ToDoubles();

        Assert.All((DType[])[DType.Float64, DType.Bool, DType.Int64], dtype => Assert.Equal(expected, p.Elbo(y.Cast(dtype), s_key, 2).Value.ToDoubles()));
        Assert.True((bool)p.Elbo(y, s_key, 1).StandardError.IsNaN().All());
    }

    [Fact]
    public void Bounds_ExampleOutsideOfTheSupport_AreMinusInfinity()
    {
        Vae p = Model.Unconditional(new VaeHead(1, [new Dense(2)], [new Dense(2)], new CategoricalHead(4, outputs: 1))).Build(0, s_key).Predict();
        Tensor y = Tensor.From(new[,] { { 5f }, { 1.5f }, { 3 }, { float.NaN } });
        foreach (Tensor bound in (Tensor[])[p.Elbo(y, s_key, 2).Value, p.LogProbEstimate(y, s_key, 2).Value])
        {
            double[] log = bound.ToDoubles();
            Assert.Equal((double.NegativeInfinity, double.NegativeInfinity), (log[0], log[1]));
            Assert.True(double.IsFinite(log[2]) && double.IsNaN(log[3]), $"{bound}");
        }
    }

    [Fact]
    public void LatentActivity_OneExample_IsRefused()
    {
        Vae p = LinearVae.Create(isExact: true).Prediction;

        ShapeException error = Assert.Throws<ShapeException>(() => p.ActiveUnits(Tensor.Zeros(Shape.Create([1]).Concat(p.EventShape), p.DType)));
        Assert.Contains("a variance over examples needs at least two", error.Message, StringComparison.Ordinal);
    }
}
