using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>What must hold of every family: samples. Intervals at 1e-6 with a fixed key: sharp, and never red by chance.</summary>
public class BatterySamplingTests
{
    private const int Draws = 20_000, Bins = 20;

    // The upper 1e-6 points of χ² with 19 degrees of freedom (MathNet.Numerics) and of the standard Normal, two-sided.
    private static readonly double ChiSquareLimit = MathNet.Numerics.Distributions.ChiSquared.InvCDF(Bins - 1, 1 - 1e-6);

    private static readonly RandomKey Key = RandomKey.FromSeed(11);

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void Sample_WithTheSameKey_IsTheSame(string name)
    {
        Univariate d = Families.Get(name).Batch();
        Assert.Equal(d.Sample(Key, 50).ToDoubles(), d.Sample(Key, 50).ToDoubles());
        if (d is not Delta)
        {
            Assert.NotEqual(d.Sample(Key, 50).ToDoubles(), d.Sample(Key.FoldIn(1), 50).ToDoubles());
        }
    }

    [Theory]
    [MemberData(nameof(Families.Continuous), MemberType = typeof(Families))]
    public void Sample_InBinsOfEqualProbability_IsUniform(string name)
    {
        foreach (DType dtype in new[] { DType.Float64, DType.Float32 })
        {
            Univariate d = Families.Get(name).Batch(dtype);
            int batch = d.BatchShape[0];
            double[] cdf = d.Cdf(d.Sample(Key, Draws)).ToDoubles();
            for (int b = 0; b < batch; b++)
            {
                var counts = new int[Bins];
                for (int i = 0; i < Draws; i++)
                {
                    counts[Math.Min(Bins - 1, (int)(cdf[(i * batch) + b] * Bins))]++;
                }

                double expected = (double)Draws / Bins, statistic = counts.Sum(n => (n - expected) * (n - expected) / expected);
                Assert.True(statistic < ChiSquareLimit, $"{name} {b} {dtype}: χ² = {statistic:F1}, limit {ChiSquareLimit:F1}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Families.Discrete), MemberType = typeof(Families))]
    public void Sample_OfADiscreteDistribution_HasItsFrequencies(string name)
    {
        Family family = Families.Get(name);
        Univariate d = family.Batch();
        int batch = d.BatchShape[0];
        double[] draws = d.Sample(Key, Draws).ToDoubles();
        double[] mass = d.LogProb(family.Lattice(400)).Exp().ToDoubles();
        for (int b = 0; b < batch; b++)
        {
            // Outcomes with less than five expected draws share one cell.
            double statistic = 0, restExpected = 0;
            int restCount = 0, cells = 0;
            for (int k = 0; k < 400; k++)
            {
                double expected = Draws * mass[(k * batch) + b];
                int count = Enumerable.Range(0, Draws).Count(i => draws[(i * batch) + b] == k + family.FirstOutcome);
                if (expected >= 5)
                {
                    statistic += (count - expected) * (count - expected) / expected;
                    cells++;
                }
                else
                {
                    restExpected += expected;
                    restCount += count;
                }
            }

            if (restExpected >= 1)
            {
                statistic += (restCount - restExpected) * (restCount - restExpected) / restExpected;
                cells++;
            }

            double limit = MathNet.Numerics.Distributions.ChiSquared.InvCDF(Math.Max(1, cells - 1), 1 - 1e-6);
            Assert.True(statistic < limit, $"{name} {b}: χ² = {statistic:F1}, limit {limit:F1}");
        }
    }

    // d/dθ E[tanh((X − m)/s)], pathwise on draws against ∫ tanh·∂f/∂θ dx.
    [Theory]
    [MemberData(nameof(Families.Reparameterized), MemberType = typeof(Families))]
    public void RSample_PathwiseGradient_IsTheDerivativeOfTheExpectation(string name)
    {
        Family family = Families.Get(name);
        for (int point = 0; point < family.Points.Length; point++)
        {
            Tensor[] parameters = family.Repeated(point, Draws);
            Univariate one = family.Create(Array.ConvertAll(family.Points[point], value => Tensor.Scalar(value, DType.Float64)));
            double middle = one.Median.ToScalar(), spread = one.Interval(0.8) switch { var (low, high) => (high - low).ToScalar() };
            Tensor Test(Tensor x) => ((x - middle) / spread).Tanh();

            (_, Tensor[] draws) = Gradient.ValueAndGradient(
                all => Test(family.Create(all).AsReparameterized()!.RSample(Key)).Sum(), parameters);
            var panels = new Panels(one);
            Tensor weights = panels.Weights * Test(panels.Points);
            var levels = new MathNet.Numerics.Integration.GaussLegendreRule(0, 1, 64);
            (_, Tensor[] exact) = Gradient.ValueAndGradient(
                all => family.MovingSupport
                    ? (Tensor.From(levels.Weights) * Test(family.Create(all).Quantile(Tensor.From(levels.Abscissas)))).Sum()
                    : (weights * family.Create(all).LogProb(panels.Points).Exp()).Sum(),
                [.. family.Points[point].Select(value => Tensor.Scalar(value, DType.Float64))]);
            for (int i = 0; i < exact.Length; i++)
            {
                double[] each = draws[i].ToDoubles();
                double mean = each.Average(), error = Math.Sqrt(each.Sum(x => (x - mean) * (x - mean)) / Draws / (Draws - 1));
                Assert.True(
                    Math.Abs(mean - exact[i].ToScalar()) <= (5 * error) + (family.MovingSupport ? 1e-3 : 1e-9),
                    FormattableString.Invariant($"{name}, point {point}, parameter {i}: pathwise {mean} ± {error}, exact {exact[i].ToScalar()}"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Families.Reparameterized), MemberType = typeof(Families))]
    public void RSample_Values_AreThoseOfSample(string name)
    {
        Univariate d = Families.Get(name).Batch();
        Assert.Equal(d.Sample(Key, 10).ToDoubles(), d.AsReparameterized()!.RSample(Key, [10]).ToDoubles());
    }

    [Theory]
    [MemberData(nameof(Families.Discrete), MemberType = typeof(Families))]
    public void AsReparameterized_OfADiscreteDistribution_IsNull(string name) =>
        Assert.True(Families.Get(name).Batch() is var d && (d is Delta || d.AsReparameterized() is null), name);
}
