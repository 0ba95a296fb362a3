using MathNet.Numerics.Integration;
using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Distributions;

public class ScoreTests
{
    private static readonly MultivariateNormal Pair = new(
        Tensor.From(0.5, 0.5), Tensor.From([1.0, 0, 0.6, 0.8], [2, 2]));

    // Distributions whose CRPS is said to be exact, below, inside and above their bulk, against ∫ (F(x) − 1{y ≤ x})² dx by Gauss–Legendre panels.
    [Fact]
    public void Crps_SaidToBeExact_IsTheIntegralOfItsDefinition()
    {
        int compared = 0;
        foreach (Family family in Families.All)
        {
            Univariate p = family.Batch();
            if (p.CrpsEvidence != Evidence.Exact || p.Measure != Measure.Lebesgue)
            {
                continue;
            }

            // The edges of bins fall within panels of the integral.
            double tolerance = p is PiecewiseUniform ? 1e-4 : 1e-6;
            Tensor middle = p.Median, spread = p.Quantile(Tensor.Full(p.BatchShape, 0.75, DType.Float64)) - middle;
            foreach (double at in new[] { -4.0, -0.6, 0, 0.9, 5 })
            {
                Tensor y = middle + (at * spread);
                double[] closed = p.Crps(y).ToDoubles(), integral = ByDefinition(p, y, spread).ToDoubles();
                Assert.All(Enumerable.Range(0, closed.Length), i => Assert.True(
                    Math.Abs(closed[i] - integral[i]) <= tolerance * (1e-3 + integral[i]), $"{family.Name}[{i}] at {at}: {closed[i]} and {integral[i]}"));
            }

            compared++;
        }

        Assert.InRange(compared, 18, 100);
    }

    [Fact]
    public void CrpsGradient_SaidToBeExact_IsThatOfDifferences()
    {
        foreach (Family family in Families.All)
        {
            Univariate p = family.Batch();
            if (p.CrpsEvidence != Evidence.Exact || p.Measure != Measure.Lebesgue)
            {
                continue;
            }

            Tensor y = p.Quantile(Tensor.Full(p.BatchShape, 0.62, DType.Float64));
            GradientCheckResult result = GradientCheck.Run(
                all => family.CreateFree(all[1..]).Crps(all[0]), new GradientCheckOptions { Order = 1, Step = 1e-5 }, [y, .. family.FreeParameters]);
            Assert.True(result.Passed, $"{family.Name}: {result}");
        }
    }

    [Fact]
    public void Crps_OfGeometric_IsTheSumOverSteps()
    {
        var p = new Geometric(Tensor.Scalar(0.3, DType.Float64));
        Tensor k = Tensor.Arange(200, DType.Float64);
        foreach (double y in new[] { -1.5, 0, 0.4, 1, 7 })
        {
            // F is constant on [k, k + 1), of which the part below y counts F² and the rest (1 − F)².
            Tensor cdf = p.Cdf(k), before = (y - k).Clip(0, 1);
            double expected = ((before * cdf.Square()) + ((1 - before) * (1 - cdf).Square())).Sum().ToScalar() + Math.Max(-y, 0);
            Assert.Equal(expected, p.Crps(y).ToScalar(), 1e-12);
        }
    }

    // Two draws, 0 and 3, at y = 1: mean distance 1.5; half the mean of |xᵢ − xⱼ| over all 4 pairs 0.75, over unlike ones 1.5.
    [Fact]
    public void Crps_OfTwoDraws_IsThatOfTheFormula()
    {
        Tensor draws = Tensor.From(0.0, 3.0), y = Tensor.Scalar(1, DType.Float64);
        Assert.Equal(0.75, Scores.Crps(draws, y).ToScalar(), 1e-15);
        Assert.Equal(0, Scores.Crps(draws, y, fair: true).ToScalar(), 1e-15);
        Assert.Equal(0.75, Scores.Energy(draws.Unsqueeze(-1), y.Unsqueeze(-1)).ToScalar(), 1e-15);
    }

    [Fact]
    public void Energy_InOneDimension_IsTheCrpsOfDraws()
    {
        Tensor draws = RandomKey.FromSeed(3).Normal([40, 5], DType.Float64), y = RandomKey.FromSeed(4).Normal([5], DType.Float64);
        foreach (bool fair in new[] { true, false })
        {
            double[] crps = Scores.Crps(draws, y, fair).ToDoubles(), energy = Scores.Energy(draws.Unsqueeze(-1), y.Unsqueeze(-1), fair).ToDoubles();
            Assert.All(Enumerable.Range(0, 5), i => Assert.Equal(crps[i], energy[i], 1e-13));
        }
    }

    // E|X − y| and E|X − X′| of the plane by 4 million other draws would be as uncertain; along one axis the CRPS of the Normal is exact.
    [Fact]
    public void Energy_OfADistribution_IsUnbiasedWithItsStandardError()
    {
        var line = new Independent<Normal>(new Normal(Tensor.From([0.5], [1]), Tensor.From([2.0], [1])), 1);
        Tensor y = Tensor.From([1.3], [1]);
        double exact = new Normal(Tensor.Scalar(0.5, DType.Float64), 2).Crps(1.3).ToScalar();
        Estimate energy = Scores.Energy(line, y, RandomKey.FromSeed(6), 400);
        Assert.Equal(Evidence.Unbiased, energy.Kind);
        Assert.InRange(Math.Abs(energy.Value.ToScalar() - exact), 0, 4.9 * energy.StandardError.ToScalar());

        // The spread of 60 estimates against the stated error: their variance is within a third, at 1e-6, for 60·(1 ± 0.9) … so a factor of 2.
        double[] many = [.. Enumerable.Range(0, 60).Select(i => Scores.Energy(line, y, RandomKey.FromSeed((ulong)(100 + i)), 50).Value.ToScalar())];
        double mean = many.Average(), deviation = Math.Sqrt(many.Sum(v => (v - mean) * (v - mean)) / 59);
        double stated = Scores.Energy(line, y, RandomKey.FromSeed(9), 50).StandardError.ToScalar();
        Assert.InRange(deviation / stated, 0.5, 2);
        Assert.InRange(Math.Abs(mean - exact), 0, 4.9 * deviation / Math.Sqrt(60));
    }

    [Fact]
    public void Scores_OfVectors_AreProper()
    {
        // A shift for the energy score, a changed correlation for the variogram score: each must score worse on the truth's draws.
        Tensor y = Pair.Sample(RandomKey.FromSeed(11), 400);
        Tensor draws = Pair.Sample(RandomKey.FromSeed(12), 200).Unsqueeze(1) + Tensor.Zeros([1, 400, 1], DType.Float64);
        Tensor uncorrelated = RandomKey.FromSeed(13).Normal([200, 1, 2], DType.Float64) + Pair.Loc + Tensor.Zeros([1, 400, 1], DType.Float64);
        Assert.InRange((Scores.Energy(draws[..50] + 1, y) - Scores.Energy(draws[..50], y)).Mean().ToScalar(), 0.1, 1);
        Assert.InRange((Scores.Variogram(uncorrelated, y) - Scores.Variogram(draws, y)).Mean().ToScalar(), 0.01, 1);
        Tensor truth = Scores.DawidSebastianiOfVectors(Pair.Loc, Pair.Covariance, y);
        Assert.InRange((Scores.DawidSebastianiOfVectors(Pair.Loc, Tensor.Eye(2, DType.Float64), y) - truth).Mean().ToScalar(), 0.1, 2);

        // Up to constants it is the log score of the Normal.
        Tensor log = Scores.Log(Pair, y);
        Assert.All((truth - (2 * (log - Math.Log(2 * Math.PI)))).ToDoubles(), d => Assert.Equal(0, d, 1e-12));
    }

    // One pair of draws: differences 1 and 4 of coordinates, roots 1 and 2, mean 1.5, variance 0.5; y has difference 9, root 3. Both orders count.
    [Fact]
    public void Variogram_OfTwoDraws_IsThatOfTheFormula()
    {
        Tensor draws = Tensor.From([0.0, 1, 2, 6], [2, 2]), y = Tensor.From(1.0, 10.0);
        Assert.Equal(2 * 1.5 * 1.5, Scores.Variogram(draws, y).ToScalar(), 1e-14);
        Assert.Equal(2 * ((1.5 * 1.5) - 0.25), Scores.Variogram(draws, y, fair: true).ToScalar(), 1e-14);
        Assert.Equal(1.5 * 1.5, Scores.Variogram(draws, y, weights: Tensor.From([0.0, 1, 0, 0], [2, 2])).ToScalar(), 1e-14);
    }

    [Fact]
    public void ScoreGradients_OfDraws_AreThoseOfDifferences()
    {
        Tensor draws = RandomKey.FromSeed(21).Normal([6, 2, 3], DType.Float64), y = RandomKey.FromSeed(22).Normal([2, 3], DType.Float64);
        // Distances between draws are short, and their roots curved: the step is shorter too.
        var close = new GradientCheckOptions { Step = 2e-4 };
        GradientCheck.Run(x => Scores.Energy(x[0], x[1]), close, draws, y).ThrowIfFailed();
        GradientCheck.Run(x => Scores.Energy(x[0], x[1], fair: true, power: 1.5), close, draws, y).ThrowIfFailed();
        GradientCheck.Run(x => Scores.Variogram(x[0], x[1], fair: true), close, draws, y).ThrowIfFailed();
        GradientCheck.Run(x => Scores.Crps(x[0], x[1], fair: true), draws, y).ThrowIfFailed();

        // Draws that meet have no direction; their share is 0.
        (Tensor value, Tensor gradient) = Gradient.ValueAndGradient(x => Scores.Energy(x, y[0]) + Scores.Variogram(x, y[0]), Tensor.Zeros([3, 3], DType.Float64));
        Assert.True((bool)value.IsFinite().All() && (bool)gradient.IsFinite().All());
    }

    // Bracher et al. (2021): the weighted interval score tends to the CRPS as levels become dense.
    [Fact]
    public void WeightedInterval_OfDenseLevels_IsTheCrps()
    {
        var p = new Normal(Tensor.Scalar(0.5, DType.Float64), 2);
        double[] levels = [.. Enumerable.Range(0, 500).Select(i => (i + 0.5) / 500)];
        Assert.Equal(p.Crps(1.3).ToScalar(), Scores.WeightedInterval(p, 1.3, levels).ToScalar(), 2e-3);
        Assert.InRange(Scores.WeightedInterval(p, 1.3).ToScalar(), 0.3, 1);
    }

    [Fact]
    public void Brier_OfClasses_IsTheSquaredDistance() =>
        Assert.Equal([0.06, 1.46], Scores.Brier(
            Tensor.From([0.8, 0.1, 0.1, 0.8, 0.1, 0.1], [2, 3]), Tensor.From(0L, 1L)).ToDoubles().Select(v => Math.Round(v, 12)));

    [Fact]
    public void DawidSebastiani_OfMoments_IsTheFormula() =>
        Assert.Equal(Math.Log(4) + (9 / 4.0), Scores.DawidSebastiani(Tensor.Scalar(1, DType.Float64), 4.0, 4.0).ToScalar(), 1e-14);

    [Fact]
    public void Scores_OfShapesThatDoNotFit_NameThem()
    {
        Tensor draws = Tensor.Zeros([4, 3], DType.Float64);
        Assert.Contains("[4, 3]", Assert.Throws<ShapeException>(() => Scores.Energy(draws, Tensor.Zeros([2], DType.Float64))).Message, StringComparison.Ordinal);
        Assert.Contains("needs 2", Assert.Throws<ShapeException>(() => Scores.Crps(draws[..1], Tensor.Zeros([3], DType.Float64), fair: true)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Scores.Energy(draws, Tensor.Zeros([3], DType.Float64), power: 2));
        Assert.Throws<ShapeException>(() => Scores.Energy(new Normal(0, 1), 0.0, RandomKey.FromSeed(1)));
        Assert.Throws<ShapeException>(() => Scores.Brier(draws, Tensor.From(0L, 1L)));
    }

    // ∫ (F − 1{y ≤ x})² dx from y outwards to both sides.
    private static Tensor ByDefinition(Univariate p, Tensor y, Tensor spread)
    {
        Tensor low = p.Quantile(Tensor.Zeros(p.BatchShape, DType.Float64)), high = p.Quantile(Tensor.Ones(p.BatchShape, DType.Float64));
        return Side(p, y, low, high, spread, -1) + Side(p, y, low, high, spread, 1);
    }

    // One side by Gauss–Legendre panels in u with x = s·sinh u up to the end of the support or 1e19 spreads, and the piece beyond the support in one.
    private static Tensor Side(Univariate p, Tensor y, Tensor low, Tensor high, Tensor spread, int sign)
    {
        const int panels = 600;
        var rule = new GaussLegendreRule(0, 1, 10);
        double[] nodes = [.. Enumerable.Range(0, panels).SelectMany(k => rule.Abscissas.Select(t => (k + t) / panels))];
        double[] weights = [.. Enumerable.Range(0, panels).SelectMany(_ => rule.Weights.Select(w => w / panels))];
        Tensor start = Tensor.Minimum(Tensor.Maximum(y, low), high), length = (((sign < 0 ? low : high) - start) * sign).Relu();
        Tensor range = Tensor.Minimum((length / spread).Asinh(), 44.0);
        Tensor u = range * Tensor.From(nodes, [nodes.Length, 1]), step = Tensor.From(weights, [nodes.Length, 1]) * range * spread * u.Cosh();
        Tensor at = start + (sign * spread * u.Sinh());
        Tensor gap = sign < 0 ? p.Cdf(at) : p.Survival(at);
        return (step * gap.Square()).Sum(0) + (sign < 0 ? (y - high).Relu() : (low - y).Relu());
    }
}
