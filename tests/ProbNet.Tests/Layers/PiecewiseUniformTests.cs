using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

public class PiecewiseUniformTests
{
    // Bins of widths 1, 0.5, 2, and tails as wide as the outermost bins; probabilities 0.1, 0.2, 0.3, 0.25, 0.15.
    private static readonly PiecewiseUniform s_single = new(
        Tensor.From(-1.0, 0, 0.5, 2.5), Tensor.From(0.1, 0.2, 0.3, 0.25, 0.15).Log());

    [Fact]
    public void LogProb_InBinsAndTails_IsTheLogOfMassOverWidth()
    {
        double[] actual = s_single.LogProb(Tensor.From(-0.5, 0.25, 1, -2, 4.5)).Exp().ToDoubles();

        double[] expected = [0.2, 0.3 / 0.5, 0.25 / 2, 0.1 * Math.Exp(-1), 0.15 / 2 * Math.Exp(-1)];
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
    }

    [Fact]
    public void Cdf_AndItsComplement_AddUpAndMatchTheMasses()
    {
        Tensor x = Tensor.From(-5.0, -1, 0, 0.25, 0.5, 2.5, 9);
        double[] cdf = s_single.Cdf(x).ToDoubles(), survival = s_single.Survival(x).ToDoubles();

        double[] expected = [0.1 * Math.Exp(-4), 0.1, 0.3, 0.45, 0.6, 0.85, 1 - (0.15 * Math.Exp(-3.25))];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], cdf[i], 1e-14);
            Assert.Equal(1, cdf[i] + survival[i], 1e-14);
            Assert.Equal(Math.Log(cdf[i]), s_single.LogCdf(x).ToDoubles()[i], 1e-12);
            Assert.Equal(Math.Log(survival[i]), s_single.LogSurvival(x).ToDoubles()[i], 1e-12);
        }
    }

    [Fact]
    public void Quantile_OfTheCdf_IsTheValue()
    {
        double[] x = [-7, -1.5, -0.3, 0.1, 0.499, 1.7, 2.6, 20];

        double[] back = s_single.Quantile(s_single.Cdf(Tensor.From(x))).ToDoubles();

        Assert.All(x.Zip(back), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        Assert.Equal([double.NegativeInfinity, double.PositiveInfinity, double.NaN], s_single.Quantile(Tensor.From(0.0, 1, 1.5)).ToDoubles());
    }

    [Fact]
    public void Moments_EntropyAndCrps_AreTheIntegrals()
    {
        // The midpoint rule on quantiles: 400,000 points, good to 1e-5 in the exponential tails.
        const int n = 400_000;
        Tensor points = s_single.Quantile((Tensor.Arange(n, DType.Float64) + 0.5) / n);
        double mean = points.Mean().ToScalar();
        Assert.Equal(mean, s_single.Mean().Value.ToScalar(), 1e-4);
        Assert.Equal((points - mean).Square().Mean().ToScalar(), s_single.Variance().Value.ToScalar(), 1e-3);
        Assert.Equal(-s_single.LogProb(points).Mean().ToScalar(), s_single.Entropy().Value.ToScalar(), 1e-4);

        // CRPS = E|X − y| − ½·E|X − X′|, the second from the sorted points: Σ (2i − n − 1)·xᵢ/n².
        double spread = (((2 * Tensor.Arange(n, DType.Float64)) + 1 - n) * points).Sum().ToScalar() / n / n;
        foreach (double y in (double[])[-3, -0.4, 0.2, 1.9, 5])
        {
            double expected = (points - y).Abs().Mean().ToScalar() - spread;
            Assert.Equal(expected, s_single.Crps(Tensor.Scalar(y, DType.Float64)).ToScalar(), 1e-4);
        }
    }

    [Fact]
    public void Answers_AreDifferentiable()
    {
        Tensor edges = Tensor.From(new[,] { { -1.0, 0, 0.5, 2.5 }, { 0, 1, 3, 4 } }), logits = Tensor.From(new[,] { { 0.1, -0.2, 0.3, 0.5, 0 }, { 1, 0, 0.4, -1, 0.2 } });
        Tensor x = Tensor.From(0.2, 6.0);
        foreach (Func<PiecewiseUniform, Tensor> answer in (Func<PiecewiseUniform, Tensor>[])
            [p => p.LogProb(x), p => p.Cdf(x), p => p.Quantile(Tensor.From(0.03, 0.45)), p => p.Crps(x), p => p.Variance().Value, p => p.Entropy().Value])
        {
            GradientCheck.Run(inputs => answer(new PiecewiseUniform(inputs[0], inputs[1])).Sum(), edges, logits).ThrowIfFailed();
        }
    }

    [Fact]
    public void AffineTransform_MovesAndStretches()
    {
        PiecewiseUniform moved = s_single.AffineTransform(Tensor.Scalar(10, DType.Float64), Tensor.Scalar(4, DType.Float64));

        Assert.Equal(10 + (4 * s_single.Mean().Value.ToScalar()), moved.Mean().Value.ToScalar(), 1e-12);
        Assert.Equal(s_single.LogProb(Tensor.From(7.0)).ToScalar() - Math.Log(4), moved.LogProb(Tensor.From(38.0)).ToScalar(), 1e-12);
    }

    [Fact]
    public void Mode_IsTheMiddleOfTheDensestBin() => Assert.Equal(0.25, s_single.Mode.ToScalar(), 1e-15);

    [Fact]
    public void Create_WrongArguments_NamesThem()
    {
        Assert.Contains("[..., bins + 2]", Assert.Throws<ShapeException>(() => new PiecewiseUniform(Tensor.From(0.0, 1), Tensor.From(0.0, 1))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PiecewiseUniform(Tensor.From(1.0, 0), Tensor.From(0.0, 1, 2)));
        Assert.Throws<DTypeException>(() => new PiecewiseUniform(Tensor.From(0.0, 1), Tensor.From(0f, 1, 2)));
    }
}
