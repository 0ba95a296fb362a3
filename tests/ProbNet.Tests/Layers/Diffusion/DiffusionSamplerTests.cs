using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

/// <summary>Draws of every sampler where the distribution is known.</summary>
public class DiffusionSamplerTests
{
    private const int Count = 2000;
    private static readonly RandomKey s_key = RandomKey.FromSeed(21);

    public static IReadOnlyDictionary<string, DiffusionSolver> Solvers { get; } = new Dictionary<string, DiffusionSolver>
    {
        ["Heun"] = new Heun(), ["ProbabilityFlow"] = new ProbabilityFlow(), ["Ddim"] = new Ddim(200), ["Ddim, η 0.5"] = new Ddim(200, 0.5),
        ["Ddpm"] = new Ddpm(200), ["EulerMaruyama"] = new EulerMaruyama(300),
    };

    /// <summary>Every solver with every process, but for two that go through the same levels whatever the process.</summary>
    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (string solver in Solvers.Keys)
            {
                foreach (string process in KnownDiffusion.Processes.Keys.Where(process => process == "VP" || solver is "Ddim" or "Ddpm" or "EulerMaruyama"))
                {
                    all.Add(solver, process);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Sample_ScoreOfAMixture_HasItsDistribution(string solver, string process)
    {
        Diffusion p = KnownDiffusion.OfLine(KnownDiffusion.Processes[process]);
        Tensor draws = p.Reverse.Sample(s_key, [Count], Solvers[solver]);
        Assert.Equal(Shape.Create([Count, 1]), draws.Shape);
        double[] cdf = [.. KnownDiffusion.Line.Cdf(draws.Reshape(-1)).ToArray<double>().Order()];
        double distance = cdf.Select((c, i) => Math.Max(c - ((double)i / Count), ((i + 1.0) / Count) - c)).Max();

        // Kolmogorov and Smirnov: P(D > d) ≈ 2·exp(−2·n·d²), here 1e-6.
        Assert.True(distance < Math.Sqrt(Math.Log(2e6) / (2 * Count)), $"{distance}");
    }

    [Fact]
    public void Sample_CorrelatedGaussian_HasItsMoments()
    {
        Tensor draws = KnownDiffusion.OfGaussian(new ElucidatedProcess()).Sample(s_key, 10000);
        Tensor z = (draws - KnownDiffusion.Gaussian.Loc).Unsqueeze(-1);
        Tensor white = KnownDiffusion.Gaussian.ScaleTril.SolveTriangular(z).Squeeze(-1);

        // Each of the 9 second moments has standard error 1/√n, on the diagonal √2 of it; 5.4: 1e-6 for 12 numbers.
        Tensor moments = white.Transpose().MatMul(white) / 10000;
        Assert.True((moments - Tensor.Eye(3, DType.Float64)).Abs().Max().ToScalar() < 5.4 * Math.Sqrt(2.0 / 10000), $"{moments}");
        Assert.True(white.Mean(0).Abs().Max().ToScalar() < 5.4 / 100);
    }

    [Fact]
    public void Sample_SameKey_SameDrawsAndOtherBatchesDoNotMatter()
    {
        Diffusion p = KnownDiffusion.OfCircle(new ElucidatedProcess());
        Assert.Equal(p.Sample(s_key, 5).ToArray<double>(), p.Sample(s_key, 5).ToArray<double>());
        Assert.NotEqual(p.Sample(s_key, 5).ToArray<double>(), p.Sample(s_key.FoldIn(1), 5).ToArray<double>());
        Assert.Equal(Shape.Create([2]), p.Sample(s_key).Shape);
    }

    [Fact]
    public void Draws_MoreThanABlock_AreIndependentOfEachOther()
    {
        ReverseDiffusion p = KnownDiffusion.OfCircle(new ElucidatedProcess()).Reverse;
        Tensor draws = p.Sample(s_key, [5000], new Heun(3));
        Assert.Equal(Shape.Create([5000, 2]), draws.Shape);
        Assert.Equal(draws.ToArray<double>(), p.Trajectory(s_key, [5000], new Heun(3))[^1].Value.ToArray<double>());
        Tensor painted = p.Inpaint(s_key, Tensor.From(0.7, 0), Tensor.From(true, false), [5000], steps: 3, repetitions: 2);
        Assert.Equal(Shape.Create([5000, 2]), painted.Shape);
        foreach (Tensor all in new[] { draws[.., 1], painted[.., 1] })
        {
            Assert.Equal(5000, all.ToDoubles().Distinct().Count());
        }
    }

    [Theory]
    [InlineData("Heun", 40)]
    [InlineData("ProbabilityFlow", 40)]
    [InlineData("Ddpm", 201)]
    public void Trajectory_EndsWhereSampleDoes(string solver, int states)
    {
        Diffusion p = KnownDiffusion.OfCircle(new VariancePreserving());
        IReadOnlyList<DiffusionState> path = p.Reverse.Trajectory(s_key, [7], Solvers[solver]);
        Assert.Equal(states + (solver == "Heun" ? 2 : 1), path.Count);
        Assert.Equal((1.0, p.Reverse.Process.SigmaMax), (path[0].Time, path[0].Sigma), (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs((a.Item2 / b.Item2) - 1) < 1e-9);
        Assert.True(path.Zip(path.Skip(1)).All(pair => pair.Second.Sigma < pair.First.Sigma));

        // The probability flow ends at the least noise, where the process has shrunk the data a little: by 5e-6.
        Tensor end = p.Reverse.Sample(s_key, [7], Solvers[solver]);
        Assert.True((end - path[^1].Value).Abs().Max().ToScalar() < 2e-5, $"{end} {path[^1].Value}");
    }

    [Fact]
    public void Inpaint_CorrelatedGaussian_DrawsFromTheConditional()
    {
        Tensor value = Tensor.From(1.2, 0.0, 0.4), known = Tensor.From(true, false, true);
        Tensor draws = KnownDiffusion.OfGaussian(new VariancePreserving()).Reverse.Inpaint(s_key, value, known, [500], steps: 200);
        Assert.Equal(1.2, draws[.., 0].Min().ToScalar(), 1e-12);
        Assert.Equal(0.4, draws[.., 2].Max().ToScalar(), 1e-12);

        MultivariateNormal exact = KnownDiffusion.Gaussian.Given([0, 2], Tensor.From(1.2, 0.4));
        double sd = exact.StdDev().Value[0].ToScalar();

        // 4.9 standard errors, and a fifth of the standard deviation for steps that are finite; the marginal mean is 1.7 standard deviations away, and it is twice as wide.
        Assert.Equal(exact.Loc[0].ToScalar(), draws[.., 1].Mean().ToScalar(), (4.9 / Math.Sqrt(500) * sd) + (0.2 * sd));
        Assert.Equal(sd, draws[.., 1].Std().ToScalar(), (4.9 / Math.Sqrt(1000) * sd) + (0.2 * sd));
    }

    [Fact]
    public void Sample_ScoreThatReadsValues_RunsOperationByOperation()
    {
        var process = new ElucidatedProcess();
        var p = new Diffusion(process, 1, (x, time) => -x / (1 + Math.Pow(process.Sigma(time.ToScalar()), 2)));
        Tensor draws = p.Sample(s_key, 2000);
        Assert.Equal(1, draws.Std().ToScalar(), 4.9 / Math.Sqrt(4000));
    }

    [Fact]
    public void Refused_BadArguments_AreNamed()
    {
        ReverseDiffusion p = KnownDiffusion.OfCircle(new ElucidatedProcess()).Reverse;
        Assert.Contains("[3]", Assert.Throws<ShapeException>(() => p.Denoise(Tensor.Zeros([3], DType.Float64), 1)).Message, StringComparison.Ordinal);
        Assert.Contains("Cast", Assert.Throws<DTypeException>(() => p.Denoise(Tensor.From(1f, 2f), 1)).Message, StringComparison.Ordinal);
        Tensor origin = Tensor.Zeros([2], DType.Float64);
        Assert.Contains("truth values", Assert.Throws<DTypeException>(() => p.Inpaint(s_key, origin, Tensor.Zeros([2]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => p.Inpaint(s_key, origin, Tensor.From(true, false), repetitions: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Heun(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Ddim(10, 1.5));
        var bad = new Diffusion(new ElucidatedProcess(), 2, (x, _) => x.Sum(-1));
        Assert.Contains("must be the same", Assert.Throws<ShapeException>(() => bad.Sample(s_key)).Message, StringComparison.Ordinal);
        Assert.Contains("64", Assert.Throws<ArgumentOutOfRangeException>(() => new DiffusionHead(65)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inpaint_ValueWithAxesOfItsOwn_DrawsForEach()
    {
        ReverseDiffusion p = KnownDiffusion.OfGaussian(new VariancePreserving()).Reverse;
        Tensor value = Tensor.From(new[,] { { 0.7, 0, 0 }, { -1.2, 0, 0 }, { 0.1, 0, 0 } }), known = Tensor.From(true, false, false);

        Tensor one = p.Inpaint(s_key, value, known, steps: 2, repetitions: 1), several = p.Inpaint(s_key, value, known, [4, 1], steps: 2, repetitions: 1);

        Assert.Equal((Shape.Create([3, 3]), Shape.Create([4, 3, 3])), (one.Shape, several.Shape));
        Assert.Equal([0.7, -1.2, 0.1], one[.., 0].ToDoubles(), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0.7, -1.2, 0.1], several[3][.., 0].ToDoubles(), (a, b) => Math.Abs(a - b) < 1e-12);
    }
}
