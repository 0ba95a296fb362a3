using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

public class VaeHeadTests
{
    // Standard errors that an unbiased estimate may be away from the truth: a two-sided probability of 1e-6.
    private const double Sigmas = 4.9;

    private static readonly RandomKey s_key = RandomKey.FromSeed(17);

    private static readonly Dictionary<string, Func<VaeHead>> s_heads = new()
    {
        ["Bernoulli"] = () => Head(new BernoulliHead(3)),
        ["Normal"] = () => Head(new NormalHead(3)),
        ["Normal with one scale"] = () => Head(new HomoscedasticNormalHead(3)),
        ["Categorical"] = () => Head(new CategoricalHead(4, outputs: 3)),
        ["VampPrior"] = () => Head(new BernoulliHead(3), new VaeOptions { Prior = LatentPrior.Vamp(4) }),
        ["prior from features"] = () => Head(new BernoulliHead(3), new VaeOptions { Prior = LatentPrior.Of(new NormalHead(2), isConditional: true) }),
        ["prior without features"] = () => Head(new BernoulliHead(3), new VaeOptions { Prior = LatentPrior.Of(new NormalHead(2)) }),
        ["StudentT posterior"] = () => Head(new BernoulliHead(3), new VaeOptions { Posterior = new StudentTHead(2) }),
        ["logistic mixture"] = () => Head(new LogisticMixtureHead(2, outputs: 3)),
        ["full posterior"] = () => Head(new BernoulliHead(3), new VaeOptions { Posterior = new MultivariateNormalHead(2) }),
        ["mixture prior"] = () => Head(new BernoulliHead(3), new VaeOptions { Prior = LatentPrior.Of(new DiagonalNormalMixtureHead(3, 2)) }),
        ["flow prior"] = () => Head(new BernoulliHead(3), new VaeOptions { Prior = LatentPrior.Of(Flows.RealNvp(2, layers: 2, hidden: [4]), isConditional: true) }),
        ["flow posterior"] = () => Head(new BernoulliHead(3), new VaeOptions { Posterior = Flows.Iaf(2, layers: 2, hidden: [4]) }),
        ["β and annealing"] = () => Head(new BernoulliHead(3), new VaeOptions { Beta = 0.3, KlAnnealing = 0.8 }),
        ["free bits"] = () => Head(new BernoulliHead(3), new VaeOptions { FreeBits = 0.01 }),
    };

    public static TheoryData<string> All => [.. s_heads.Keys];

    // The path derivative leaves a part of the gradient out whose expectation is 0: differences of one draw's loss are not its gradient.
    public static TheoryData<string> Whole =>
        [.. s_heads.Keys.Where(name => name is not ("VampPrior" or "StudentT posterior" or "mixture prior" or "flow prior" or "flow posterior"))];

    private static VaeHead Head(IHead likelihood, VaeOptions? options = null) =>
        new(2, [new Dense(4, Activation.Tanh)], [new Dense(4, Activation.Tanh)], likelihood, options);

    private static Model<Vae> Build(VaeHead head, int features = 1) => new Model<Vae>(new Sequential([]), head, DType.Float64).Build(features, s_key);

    private static Tensor Targets(VaeHead head, int n = 6)
    {
        Tensor normal = s_key.FoldIn(4).Normal([n, 3], DType.Float64);
        return head.Scaling == TargetScaling.Affine ? normal : (normal > 0).Cast(DType.Float64);
    }

    [Theory]
    [MemberData(nameof(Whole))]
    public void Loss_OfAModel_HasTheGradientOfItsDifferences(string name)
    {
        Model<Vae> model = Build(s_heads[name]());
        Tensor x = s_key.FoldIn(3).Normal([6, 1], DType.Float64), y = Targets((VaeHead)model.Head);

        GradientCheck.Run(
            () => model.Head.Loss(model.Forward(x, ForwardContext.Inference), y, new LossContext(s_key, 0.5)).Mean(), model.Parameters).ThrowIfFailed();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Loss_OfAModel_ReadsNoParameterPastTheGradient(string name)
    {
        Model<Vae> model = Build(s_heads[name]());
        Tensor x = s_key.FoldIn(3).Normal([6, 1], DType.Float64), y = Targets((VaeHead)model.Head);

        // Whether the derivatives agree is asked above, of the losses whose whole gradient is taken.
        GradientCheckResult result = GradientCheck.Run(
            () => model.Head.Loss(model.Forward(x, ForwardContext.Inference), y, new LossContext(s_key, 0.5)).Mean(),
            model.Parameters, new GradientCheckOptions { Order = 1 });
        Assert.DoesNotContain("reads its Value", result.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Loss_ManyKeys_IsTheNegativeBound(string name)
    {
        VaeHead head = s_heads[name]();
        Model<Vae> model = Build(head);
        Tensor x = Tensor.Zeros([4000, 1], DType.Float64), y = Targets(head, 1).BroadcastTo([4000, 3]);
        Vae vae = model.Predict(x);

        Tensor loss = head.Loss(vae, y, new LossContext(s_key, 1));

        Estimate bound = vae.Elbo(y, s_key.FoldIn(8), 1);
        double divergence = model.Predict(x[..1]).Divergence(y[..1], samples: 4000).Value.Mean().ToScalar();
        double expected = -bound.Value.Mean().ToScalar() - ((1 - head.Options.Beta) * divergence);
        expected += head.Options.Beta * Math.Max(0, (2 * head.Options.FreeBits) - divergence);
        Assert.Equal(expected, loss.Mean().ToScalar(), Sigmas * (loss.Std().ToScalar() + bound.Value.Std().ToScalar()) * Math.Sqrt(2.0 / 4000) + 1e-9);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Fit_AFewSteps_CompiledIsEager(string name)
    {
        VaeHead head = s_heads[name]();
        Tensor x = s_key.FoldIn(3).Normal([30, 1], DType.Float64), y = Targets(head, 30);
        double[] Losses(bool compile)
        {
            var model = new Model<Vae>(new Sequential([]), s_heads[name](), DType.Float64);
            return [.. model.Fit(x, y, new FitOptions { Epochs = 3, BatchSize = 10, Compile = compile, ShowProgress = false, ValidationSplit = 0.2, Key = s_key }).Loss];
        }

        Assert.Equal(Losses(compile: false), Losses(compile: true), (a, b) => Math.Abs(a - b) < 1e-9 * (1 + Math.Abs(a)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void SaveAndLoad_AnyHead_PredictsTheSame(string name)
    {
        using var file = new TemporaryFile();
        VaeHead head = s_heads[name]();
        Model<Vae> model = Build(head);
        Tensor x = s_key.FoldIn(3).Normal([6, 1], DType.Float64), y = Targets(head);

        model.Save(file.Path);
        Model<Vae> loaded = Model.Load<Vae>(file.Path);

        Assert.Equal(model.Predict(x).Elbo(y, s_key, 2).Value.ToDoubles(), loaded.Predict(x).Elbo(y, s_key, 2).Value.ToDoubles());
        Assert.Equal(head.Describe().ToString(), model.CopyUnbuilt().Head.Describe().ToString());
        Assert.Equal(model.Predict(x).Sample(s_key, 3).ToDoubles(), loaded.Predict(x).Sample(s_key, 3).ToDoubles());
    }

    [Fact]
    public void Loss_TruePosteriorAndDrawnDivergence_HasNoGradientAndNoSpread()
    {
        // Where q is the posterior, every draw of the path derivative by q's parameters is 0 (Roeder, Wu and Duvenaud 2017); the total derivative is not.
        LinearVae vae = LinearVae.Create(isExact: true, new VaeOptions { Prior = LatentPrior.Of(new OpaqueNormalHead(2)) });
        Tensor y = vae.Exact.Sample(s_key, 7);
        Parameter[] encoder = [.. vae.Model.Parameters.Where(p => p.Name.StartsWith("head.posterior", StringComparison.Ordinal))];

        (_, Tensor[] gradients) = Gradient.ValueAndGradient(() => vae.Model.Head.Loss(vae.Prediction, y, new LossContext(s_key, 1)).Sum(), encoder);

        Assert.Equal(2, gradients.Length);
        Assert.All(gradients.SelectMany(g => g.ToDoubles()), g => Assert.Equal(0, g, 1e-9));
        Assert.Equal((-vae.Exact.LogProb(y)).ToDoubles(), vae.Model.Head.Loss(vae.Prediction, y, new LossContext(s_key, 1)).ToDoubles(), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Loss_DrawnDivergence_HasTheGradientOfTheClosedFormOnAverage()
    {
        LinearVae closed = LinearVae.Create(isExact: false), drawn = LinearVae.Create(isExact: false, new VaeOptions { Prior = LatentPrior.Of(new OpaqueNormalHead(2)) });
        Tensor y = closed.Exact.Sample(s_key, 1).BroadcastTo([2000, 3]);
        const int Repeats = 20;
        double[][] Gradients(LinearVae vae, int salt) => [.. Enumerable.Range(0, Repeats).Select(i => Gradient.ValueAndGradient(
            () => vae.Model.Head.Loss(vae.Prediction, y, new LossContext(s_key.FoldIn((ulong)(salt + i)), 1)).Mean(), vae.Model.Parameters)
            .Gradients.SelectMany(g => g.ToDoubles()).ToArray())];

        double[][] a = Gradients(closed, 0), b = Gradients(drawn, 100);
        for (int i = 0; i < a[0].Length; i++)
        {
            double[] difference = [.. a.Zip(b, (p, q) => p[i] - q[i])];
            double mean = difference.Average(), error = Math.Sqrt(difference.Sum(d => (d - mean) * (d - mean)) / (Repeats - 1) / Repeats);

            // The 1e-6 quantile of Student's t with 19 degrees of freedom is 7.0.
            Assert.Equal(0, mean, 7.0 * error + 1e-9);
        }
    }

    [Fact]
    public void Loss_Annealing_WeighsTheDivergenceByTheProgress()
    {
        VaeHead plain = Head(new BernoulliHead(3)), annealed = Head(new BernoulliHead(3), new VaeOptions { Beta = 2, KlAnnealing = 0.5 });
        (Vae a, Vae b) = (Build(plain).Predict(Tensor.Zeros([6, 1])), Build(annealed).Predict(Tensor.Zeros([6, 1])));
        Tensor y = Targets(plain), loss = plain.Loss(a, y, new LossContext(s_key, 0)), divergence = a.Divergence(y).Value;
        foreach ((double progress, double weight) in ((double, double)[])[(0, 0), (0.125, 0.5), (0.5, 2), (0.9, 2)])
        {
            Tensor expected = loss + ((weight - 1) * divergence);
            Assert.Equal(expected.ToDoubles(), annealed.Loss(b, y, new LossContext(s_key, progress)).ToDoubles(), (p, q) => Math.Abs(p - q) < 1e-9);
        }

        Assert.Equal(
            (loss + divergence).ToDoubles(), annealed.Loss(b, y, new LossContext(s_key, 0, IsTraining: false)).ToDoubles(), (p, q) => Math.Abs(p - q) < 1e-9);
    }

    [Fact]
    public void Loss_FreeBits_KeepsUsedUnitsAndStopsTheOthers()
    {
        // Unit 0 is told far from the prior, unit 1 as the prior has it: 1 nat is below the first's divergence and above the second's.
        VaeHead plain = Head(new BernoulliHead(3)), free = Head(new BernoulliHead(3), new VaeOptions { FreeBits = 1 });
        foreach (VaeHead head in (VaeHead[])[plain, free])
        {
            Build(head).Parameters.Single(p => p.Name == "head.posterior.bias").Value = Tensor.From(4.0, 0.5, 0.1, 0.54);
        }

        (Vae a, Vae b) = (plain.Forward(Tensor.Zeros([6, 1], DType.Float64)), free.Forward(Tensor.Zeros([6, 1], DType.Float64)));
        Tensor y = Targets(plain);
        var q = (Independent<Normal>)a.Encode(y);
        Tensor loc = q.Coordinates.Loc, scale = q.Coordinates.Scale, each = (0.5 * (loc.Square() + scale.Square() - 1)) - scale.Log();
        Assert.True(each[.., 0].Mean().ToScalar() > 1 && each[.., 1].Mean().ToScalar() < 1);

        Tensor without = plain.Loss(a, y, new LossContext(s_key, 1)) - each.Sum(-1);
        Assert.Equal(
            (without + each[.., 0].Mean() + 1).ToDoubles(), free.Loss(b, y, new LossContext(s_key, 1)).ToDoubles(), (p, r) => Math.Abs(p - r) < 1e-9);
    }

    [Fact]
    public void LossInOriginalUnits_StandardizedTargets_IsTheLossOfTheRescaledPrediction()
    {
        VaeHead head = Head(new NormalHead(3));
        Model<Vae> model = Build(head);
        Tensor loc = Tensor.From(3.0, 4, 5), scale = Tensor.From(0.1, 2, 30), y = Targets(head);
        Vae standardized = head.Forward(Tensor.Zeros([6, 1], DType.Float64)), original = head.Rescale(standardized, loc, scale);
        var context = new LossContext(s_key, 1);

        double told = head.LossInOriginalUnits(head.Loss(standardized, y, context).Mean().ToScalar(), scale);

        Assert.Equal(head.Loss(original, loc + (scale * y), context).Mean().ToScalar(), told, 1e-9);
        Assert.NotNull(model.Summary());
    }

    [Fact]
    public void Fit_LinearAutoencoder_ReachesTheMaximumLikelihoodOfProbabilisticPca()
    {
        const int Count = 300, Outputs = 4, Latent = 2;
        Tensor w = Tensor.From(new double[,] { { 2, 1, 0, 1 }, { 0, 1, -1, 0.5 } });
        Tensor y = s_key.FoldIn(1).Normal([Count, Latent], DType.Float64).MatMul(w) + (0.6 * s_key.FoldIn(2).Normal([Count, Outputs], DType.Float64)) + 3;

        // Tipping and Bishop (1999), equations 7 and 8: with eigenvalues λ of the covariance S of the data, σ² is the mean of the smallest, C = U(Λ − σ²I)Uᵀ + σ²I,
        // and the mean log likelihood is −½·(d·ln 2π + ln|C| + tr C⁻¹S), whose trace is d.
        Tensor centered = y - y.Mean(0), s = centered.Transpose().MatMul(centered) / Count;
        double[] eigenvalues = Eigenvalues(s);
        double noise = eigenvalues[Latent..].Average();
        double best = -0.5 * (Outputs * (Math.Log(2 * Math.PI) + 1) + eigenvalues[..Latent].Sum(Math.Log) + ((Outputs - Latent) * Math.Log(noise)));

        Model<Vae> model = Model.Unconditional(new VaeHead(Latent, [], [], new HomoscedasticNormalHead(Outputs)), DType.Float64);
        model.Fit(y, new FitOptions
        {
            Epochs = 1500, BatchSize = Count, StandardizeTargets = false, ShowProgress = false, Optimizer = run => new Adam(new CosineAnnealing(0.03, run.Steps)),
        });

        Vae vae = model.Predict();
        double bound = vae.Elbo(y, s_key, 200).Value.Mean().ToScalar(), likelihood = vae.LogProbEstimate(y, s_key, 500).Value.Mean().ToScalar();
        Assert.InRange(bound, best - 0.02, best + 0.005);
        Assert.InRange(likelihood, best - 0.02, best + 0.005);
    }

    [Fact]
    public void Fit_Conditional_SamplesAsTheFeaturesSay()
    {
        // Two numbers that move together, by what x says: at x = ±1, y = (3x, 3x) + (1, −1)·N(0, 1) + 0.1·N(0, I).
        const int Count = 600;
        Tensor x = (2 * (s_key.FoldIn(1).Uniform([Count, 1]) > 0.5).Cast(DType.Float32)) - 1;
        Tensor y = (3 * x) + (s_key.FoldIn(2).Normal([Count, 1]) * Tensor.From(1f, -1f)) + (0.1 * s_key.FoldIn(3).Normal([Count, 2]));
        Model<Vae> model = Model.Sequential([], new VaeHead(1, [new Dense(16, Activation.Tanh)], [new Dense(16, Activation.Tanh)], new HomoscedasticNormalHead(2)));
        model.Fit(x, y, new FitOptions { Epochs = 60, BatchSize = 50, ShowProgress = false, Optimizer = run => new Adam(new CosineAnnealing(0.02, run.Steps)) });

        Tensor draws = model.Predict(Tensor.From(new float[,] { { -1 }, { 1 } })).Sample(s_key, 4000);

        foreach ((int row, double sign) in ((int, double)[])[(0, -1), (1, 1)])
        {
            Tensor sum = draws[.., row, 0] + draws[.., row, 1], difference = draws[.., row, 0] - draws[.., row, 1];
            Assert.Equal(6 * sign, sum.Mean().ToScalar(), 0.15);
            Assert.InRange(sum.Std().ToScalar(), 0.1, 0.3);
            Assert.InRange(difference.Std().ToScalar(), 1.8, 2.2);
        }
    }

    [Fact]
    public void Dropout_InTheEncoder_DropsInTrainingOnly()
    {
        VaeHead head = new(2, [new Dropout(0.5)], [], new BernoulliHead(3));
        Build(head);
        Vae vae = head.Forward(Tensor.Zeros([6, 1], DType.Float64));
        Tensor y = Tensor.Ones([6, 3], DType.Float64);

        Assert.Equal(vae.Encode(y).Mean().Value[0].ToDoubles(), vae.Encode(y).Mean().Value[5].ToDoubles());
        Assert.NotEqual(
            head.Loss(vae, y, new LossContext(s_key, 1)).ToDoubles(), head.Loss(vae, y, new LossContext(s_key, 1, IsTraining: false)).ToDoubles());
    }

    [Fact]
    public void Create_PartsThatDoNotFit_AreNamed()
    {
        Assert.StartsWith("VaeHead: at least one latent variable", Assert.Throws<ArgumentOutOfRangeException>(() => new VaeHead(0, [], [], new BernoulliHead(3))).Message);
        Assert.StartsWith(
            "VaeHead: the likelihood BernoulliHead predicts outcomes of shape []; vectors are needed",
            Assert.Throws<ShapeException>(() => Head(new BernoulliHead())).Message);
        Assert.StartsWith(
            "VaeHead: the posterior NormalHead predicts outcomes of shape [3]; 2 latent variables need [2]",
            Assert.Throws<ShapeException>(() => Head(new BernoulliHead(3), new VaeOptions { Posterior = new NormalHead(3) })).Message);
        Assert.StartsWith(
            "VaeHead: the prior NormalHead predicts outcomes of shape [3]",
            Assert.Throws<ShapeException>(() => Head(new BernoulliHead(3), new VaeOptions { Prior = LatentPrior.Of(new NormalHead(3)) })).Message);
        Assert.Contains("predicts Vae, which has no density", Assert.Throws<ArgumentException>(() => LatentPrior.Of(Head(new BernoulliHead(3)))).Message);
        Assert.StartsWith("VaeOptions.Beta = -1", Assert.Throws<ArgumentOutOfRangeException>(() => Head(new BernoulliHead(3), new VaeOptions { Beta = -1 })).Message[0..50]);
        Assert.Contains("KlAnnealing", Assert.Throws<ArgumentOutOfRangeException>(() => Head(new BernoulliHead(3), new VaeOptions { KlAnnealing = 2 })).Message);
        Assert.Contains("FreeBits", Assert.Throws<ArgumentOutOfRangeException>(() => Head(new BernoulliHead(3), new VaeOptions { FreeBits = double.NaN })).Message);
        Assert.Contains("at least one component", Assert.Throws<ArgumentOutOfRangeException>(() => LatentPrior.Vamp(0)).Message);
        Assert.Contains(
            "are not differentiable",
            Assert.Throws<InvalidOperationException>(() =>
            {
                VaeHead head = Head(new BernoulliHead(3), new VaeOptions { Posterior = new BernoulliHead(2) });
                Build(head);
                head.Loss(head.Forward(Tensor.Zeros([2, 1], DType.Float64)), Tensor.Zeros([2, 3], DType.Float64), new LossContext(s_key, 1));
            }).Message);
        Assert.Contains("in row 1, column 2 is 2", Assert.Throws<ArgumentException>(() =>
            Model.Unconditional(Head(new BernoulliHead(3))).Fit(Tensor.From(new float[,] { { 0, 1, 0 }, { 1, 1, 2 } }))).Message);

        // A flow in it has no more of a floor than one alone.
        Assert.StartsWith("Fit: column 1 of the targets is 4 in every row", Assert.Throws<ArgumentException>(() =>
            Model.Unconditional(Head(Flows.RealNvp(3))).Fit(Tensor.From(new float[,] { { 0, 4, 0 }, { 1, 4, 2 } }))).Message);
    }

    [Fact]
    public void Loss_FreeBits_CostNothingInTrainingAlone()
    {
        Tensor y = s_key.Uniform([6, 3], DType.Float64).GreaterThan(0.5).Cast(DType.Float64), features = Tensor.Zeros([6, 1], DType.Float64);
        VaeHead plain = Head(new BernoulliHead(3)), free = Head(new BernoulliHead(3), new VaeOptions { FreeBits = 5 });
        Build(plain);
        Build(free);
        Tensor Loss(VaeHead head, bool isTraining) => head.Loss(head.Forward(features), y, new LossContext(s_key, 1, isTraining));

        Assert.Equal(Loss(plain, false).ToDoubles(), Loss(free, false).ToDoubles());
        Assert.True((bool)(Loss(free, true) > Loss(plain, true) + 1).All());
    }

    [Fact]
    public void Build_LayerThatDoesNotFit_BuildsNothing()
    {
        VaeHead head = new(2, [new Dense(4)], [new Dense(3), new Flatten(), new Refusing()], new BernoulliHead(3));
        Assert.Throws<ShapeException>(() => head.Build([1], new BuildContext("head", s_key, DType.Float32)));
        Assert.Throws<ShapeException>(() => head.Build([5], new BuildContext("head", s_key, DType.Float32)));
        Assert.False(head.IsBuilt);
    }

    // The Jacobi method: a plane rotation for each pair of axes until nothing is left off the diagonal.
    private static double[] Eigenvalues(Tensor symmetric)
    {
        int n = symmetric.Shape[0];
        double[] a = symmetric.ToDoubles();
        for (int sweep = 0; sweep < 30; sweep++)
        {
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    double angle = 0.5 * Math.Atan2(2 * a[(p * n) + q], a[(q * n) + q] - a[(p * n) + p]), c = Math.Cos(angle), s = Math.Sin(angle);
                    for (int k = 0; k < n; k++)
                    {
                        (a[(k * n) + p], a[(k * n) + q]) = ((c * a[(k * n) + p]) - (s * a[(k * n) + q]), (s * a[(k * n) + p]) + (c * a[(k * n) + q]));
                    }

                    for (int k = 0; k < n; k++)
                    {
                        (a[(p * n) + k], a[(q * n) + k]) = ((c * a[(p * n) + k]) - (s * a[(q * n) + k]), (s * a[(p * n) + k]) + (c * a[(q * n) + k]));
                    }
                }
            }
        }

        return [.. Enumerable.Range(0, n).Select(i => a[(i * n) + i]).OrderDescending()];
    }

    private sealed class Refusing : Layer
    {
        public override LayerDescription Describe() => new(Name);

        protected override Shape OnBuild(Shape input, BuildContext context) => throw new ShapeException("Refusing: takes nothing.");

        protected override Tensor OnForward(Tensor x, ForwardContext context) => x;
    }
}
