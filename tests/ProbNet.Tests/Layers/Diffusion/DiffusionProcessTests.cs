using ProbNet.Autodiff;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

public class DiffusionProcessTests
{
    private const double Beta0 = 0.1, Beta1 = 20;

    [Theory]
    [MemberData(nameof(KnownDiffusion.Names), MemberType = typeof(KnownDiffusion))]
    public void TimeOf_LogSigma_IsItsInverse(string name)
    {
        DiffusionProcess process = KnownDiffusion.Processes[name];
        Tensor times = Tensor.From([.. process.Times(50)]);
        Assert.Equal(51, times.Size);
        Assert.Equal(process.Latest, times[0].ToScalar(), 1e-9);
        Assert.Equal(process.Earliest, times[50].ToScalar(), 1e-9);
        Tensor error = (process.TimeOf(process.LogSigma(times)) - times).Abs() / (times + 1e-3);
        Assert.True(error.Max().ToScalar() < 1e-9, $"{error.Max()}");
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.3)]
    [InlineData(1.0)]
    public void DriftAndDiffusion_VariancePreserving_AreThoseOfThePaper(double time)
    {
        // Song et al. 2021, equation 11: dx = −½β(t)·x dt + √β(t) dw.
        var process = new VariancePreserving(Beta0, Beta1);
        double beta = Beta0 + ((Beta1 - Beta0) * time);
        Assert.Equal(-0.5 * beta, process.Drift(time), 1e-12 * beta);
        Assert.Equal(beta, process.DiffusionSquared(time), 1e-9 * beta);

        // Its variance is preserved: s²·(1 + σ²) = 1.
        Assert.Equal(1, Math.Pow(process.Scale(time), 2) * (1 + Math.Pow(process.Sigma(time), 2)), 1e-12);
    }

    [Fact]
    public void DiffusionSquared_VarianceExplodingAndEdm_IsTheGrowthOfTheVariance()
    {
        var exploding = new VarianceExploding(0.01, 50);
        Assert.Equal(0, exploding.Drift(0.5));
        Assert.Equal(2 * 0.01 * 50 * Math.Log(5000), exploding.DiffusionSquared(0.5), 1e-9);
        Assert.Equal(2 * 3.0, new ElucidatedProcess().DiffusionSquared(3), 1e-12);
    }

    [Theory]
    [MemberData(nameof(KnownDiffusion.Names), MemberType = typeof(KnownDiffusion))]
    public void Perturb_AConstant_HasTheMeanAndVarianceOfTheProcess(string name)
    {
        DiffusionProcess process = KnownDiffusion.Processes[name];
        const int Count = 20000;
        double time = process.Times(2)[1], scale = process.Scale(time), noise = scale * process.Sigma(time);
        Tensor x = process.Perturb(Tensor.Full([Count], 2, DType.Float64), time, RandomKey.FromSeed(1));

        // 4.9 standard errors: 1e-6, two-sided.
        Assert.Equal(2 * scale, x.Mean().ToScalar(), 4.9 * noise / Math.Sqrt(Count));
        Assert.Equal(noise, x.Std().ToScalar(), 4.9 * noise / Math.Sqrt(2 * Count));
    }

    [Fact]
    public void Create_SettingOutOfRange_NamesIt()
    {
        Assert.Contains("betaMax is 0.05", Assert.Throws<ArgumentOutOfRangeException>(() => new VariancePreserving(0.1, 0.05)).Message, StringComparison.Ordinal);
        Assert.Contains("sigmaMax is 1", Assert.Throws<ArgumentOutOfRangeException>(() => new VarianceExploding(2, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("rho is 0", Assert.Throws<ArgumentOutOfRangeException>(() => new ElucidatedProcess(rho: 0)).Message, StringComparison.Ordinal);
    }
}
