using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

/// <summary>Log densities by the probability-flow equation where the score, and so the density, is known.</summary>
public class DiffusionLikelihoodTests
{
    private const double Tolerance = 1e-3;
    private static readonly RandomKey s_key = RandomKey.FromSeed(11);

    [Theory]
    [MemberData(nameof(KnownDiffusion.Names), MemberType = typeof(KnownDiffusion))]
    public void LogProb_ScoreOfAGaussian_IsItsDensity(string name)
    {
        Tensor x = KnownDiffusion.Gaussian.Sample(s_key, 500);
        Tensor error = KnownDiffusion.OfGaussian(KnownDiffusion.Processes[name]).LogProb(x) - KnownDiffusion.Gaussian.LogProb(x);
        Assert.True(error.Abs().Mean().ToScalar() <= Tolerance, $"{error.Abs().Mean()}");
    }

    [Theory]
    [MemberData(nameof(KnownDiffusion.Names), MemberType = typeof(KnownDiffusion))]
    public void LogProb_ScoreOfAMixture_IsItsDensity(string name)
    {
        Tensor x = KnownDiffusion.Circle.Sample(s_key, 300);
        Tensor error = KnownDiffusion.OfCircle(KnownDiffusion.Processes[name]).LogProb(x) - KnownDiffusion.Circle.LogProb(x);
        Assert.True(error.Abs().Mean().ToScalar() <= Tolerance, $"{error.Abs().Mean()}");
    }

    [Fact]
    public void LogProb_FewSteps_IsLessAccurate()
    {
        Tensor x = KnownDiffusion.Circle.Sample(s_key, 200);
        Diffusion p = KnownDiffusion.OfCircle(new ElucidatedProcess());
        double Error(int steps) => (p.WithSteps(steps).LogProb(x) - KnownDiffusion.Circle.LogProb(x)).Abs().Mean().ToScalar();
        Assert.True(Error(10) > 10 * Error(60));
    }

    [Fact]
    public void LogProb_OnALine_IntegratesToOne()
    {
        Tensor grid = Tensor.Linspace(-4, 5, 1801, DType.Float64);
        Tensor density = KnownDiffusion.OfLine(new VariancePreserving()).LogProb(grid.Unsqueeze(-1)).Exp();
        Assert.Equal(1, density.Sum().ToScalar() * 9 / 1800, 1e-3);
    }

    [Fact]
    public void LogProb_OfTheAffineImage_CarriesTheJacobian()
    {
        Tensor loc = Tensor.From(10.0, -3.0), scale = Tensor.From(2.0, 0.5), x = KnownDiffusion.Circle.Sample(s_key, 50);
        Diffusion p = KnownDiffusion.OfCircle(new ElucidatedProcess());
        var head = new DiffusionHead(2);
        Diffusion once = head.Rescale(p, loc, scale), twice = head.Rescale(once, 1.0, Tensor.From(3.0, 4.0));
        Same(p.LogProb(x), once.LogProb(loc + (scale * x)));
        Same(p.LogProb(x) - Math.Log(12), twice.LogProb(1 + (Tensor.From(3.0, 4.0) * (loc + (scale * x)))));

        // ln|2·0.5| = 0: the first image has the same density.
        static void Same(Tensor expected, Tensor actual) => Assert.True((expected - actual).Abs().Max().ToScalar() < 1e-6, $"{expected} {actual}");
    }

    [Fact]
    public void LogProb_ItsGradient_IsTheScoreOfTheData()
    {
        Diffusion p = KnownDiffusion.OfGaussian(new ElucidatedProcess()).WithSteps(20);
        Tensor x = KnownDiffusion.Gaussian.Sample(s_key, 3);
        Tensor gradient = Gradient.Of(v => p.LogProb(v).Sum(), x), expected = Gradient.Of(v => KnownDiffusion.Gaussian.LogProb(v).Sum(), x);
        Assert.True((gradient - expected).Abs().Max().ToScalar() < 0.02 * expected.Abs().Max().ToScalar(), $"{gradient} {expected}");
    }

    [Fact]
    public void ScoreAndDenoise_OfAGaussian_AreThoseOfTheTheory()
    {
        Diffusion p = KnownDiffusion.OfLine(new VariancePreserving());
        ReverseDiffusion image = new DiffusionHead(1).Rescale(p, 5.0, 2.0).Reverse;
        Tensor x = Tensor.From(-0.4, 0.3, 1.2).Unsqueeze(-1);
        const double Time = 0.2;
        double s = p.Reverse.Process.Scale(Time), sigma = p.Reverse.Process.Sigma(Time);
        Tensor score = p.Reverse.Score(x, Time);

        // Tweedie's formula: E[x₀ | x] = (x + (s·σ)²·∇ln p)/s.
        Close((x + (Math.Pow(s * sigma, 2) * score)) / s, p.Reverse.Denoise(x, Time));
        Close(score / 2, image.Score(5 + (2 * x), Time));
        Close(5 + (2 * p.Reverse.Denoise(x, Time)), image.Denoise(5 + (2 * x), Time));

        static void Close(Tensor expected, Tensor actual) => Assert.True((expected - actual).Abs().Max().ToScalar() < 1e-9, $"{expected} {actual}");
    }

    [Fact]
    public void LogProbEstimate_ScoreOfAMixture_CoversTheDensityWithItsStandardError()
    {
        var process = new ElucidatedProcess();
        var p = new StochasticDiffusion(process, 2, KnownDiffusion.CircleScore(process));
        Tensor x = KnownDiffusion.Circle.Sample(s_key, 100);
        Estimate estimate = p.LogProbEstimate(x, s_key.FoldIn(1), 20);
        Assert.Equal(Evidence.Unbiased, estimate.Kind);

        // The mean square of Student's t with 19 degrees of freedom is 19/17.
        Tensor z = (estimate.Value - KnownDiffusion.Circle.LogProb(x)) / estimate.StandardError;
        Assert.InRange(z.Square().Mean().ToScalar(), 0.5, 2);
        Assert.True(estimate.StandardError.Mean().ToScalar() > 0.02);

        // Another accuracy of the integration is another estimate from the same projections.
        Assert.Equal((Diffusion.DefaultSteps, 5), (p.Steps, p.WithSteps(5).Steps));
        Assert.NotEqual(estimate.Value.ToArray<double>(), p.WithSteps(5).LogProbEstimate(x, s_key.FoldIn(1), 20).Value.ToArray<double>());
        Assert.Throws<ArgumentOutOfRangeException>(() => p.WithSteps(0));
    }

    [Fact]
    public void StochasticDiffusion_HasNoLogProb()
    {
        // Asking for it does not compile.
        Assert.False(typeof(Distribution).IsAssignableFrom(typeof(StochasticDiffusion)));
        Assert.Null(typeof(StochasticDiffusion).GetMethod("LogProb"));
        Assert.True(typeof(Distribution).IsAssignableFrom(typeof(Diffusion)));
    }

    [Theory]
    [InlineData(1e6)]
    [InlineData(-1e6)]
    [InlineData(1e30)]
    public void LogProb_FarAway_IsNotNaN(double far)
    {
        Model<Diffusion> model = Model.Unconditional(new DiffusionHead(2));
        model.Build(0, s_key);
        Tensor log = model.Predict().LogProb(Tensor.Full([1, 2], far));
        Assert.False(double.IsNaN(log[0].ToScalar()));
        Assert.True(log[0].ToScalar() < -1e6);
        Assert.True(double.IsNaN(model.Predict().LogProb(Tensor.From(float.NaN, 0f)).ToScalar()));
    }

    [Fact]
    public void Mode_OfUnequalPeaks_IsInTheHigher() =>
        Assert.InRange(KnownDiffusion.OfLine(new ElucidatedProcess()).Mode[0].ToScalar(), -0.9, -0.3);
}
