using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

public class DivergenceDistanceTests
{
    private static readonly Normal P = new(Scalar(0.3), 0.7), Q = new(Scalar(-0.5), 1.4);

    // One pair of so many: each family meets many others. PROBNET_ALL_PAIRS=1 runs them all, which takes minutes.
    private static int Every => Environment.GetEnvironmentVariable("PROBNET_ALL_PAIRS") == "1" ? 1 : 23;

    [Fact]
    public void Distances_OfManyPairs_LieInTheirRangeAndAreSymmetric()
    {
        Family[] families = [.. Families.All.Where(f => f.Batch().QuantileEvidence == Evidence.Exact)];
        List<string> wrong = [];
        for (int first = 0; first < families.Length; first++)
        {
            for (int second = first + 1 + (first % Every); second < families.Length; second += Every)
            {
                // Two rows of the table of each, other ones from pair to pair.
                (Family one, Family other) = (Rows(families[first], second), Rows(families[second], first / 2));
                wrong.AddRange(OfRatios(one.Batch(), other.Batch()).Select(rule => $"{one.Name} and {other.Name}: {rule}"));
                if (one.HasMoments && other.HasMoments && !(one.Name + other.Name).Contains("Categorical", StringComparison.Ordinal))
                {
                    wrong.AddRange(OfTransport(one.Batch(), other.Batch()).Select(rule => $"{one.Name} and {other.Name}: {rule}"));
                }

                wrong.AddRange(OfSamples(one.Batch(), other.Batch()).Select(rule => $"{one.Name} and {other.Name}: {rule}"));
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    // Quadrature leaves 1e-3 where densities are infinite or end between nodes.
    private static IEnumerable<string> OfRatios(Univariate p, Univariate q)
    {
        double[] js = Divergence.JensenShannon(p, q).Value.ToDoubles(), swapped = Divergence.JensenShannon(q, p).Value.ToDoubles();
        double[] hellinger = Divergence.Hellinger(p, q).Value.ToDoubles(), variation = Divergence.TotalVariation(p, q).Value.ToDoubles();
        for (int i = 0; i < js.Length; i++)
        {
            // H² ≤ TV ≤ H·√(2 − H²) (Le Cam), and H²·ln 2 ≤ JS.
            double square = hellinger[i] * hellinger[i], most = hellinger[i] * Math.Sqrt(Math.Max(0, 2 - square));
            if (!(js[i] >= 0 && js[i] <= Math.Log(2) + 1e-6 && Math.Abs(js[i] - swapped[i]) < 1e-12))
            {
                yield return $"Jensen–Shannon {js[i]}, swapped {swapped[i]}";
            }

            if (!(square <= variation[i] + 1e-3 && variation[i] <= most + 1e-3 && square * Math.Log(2) <= js[i] + 1e-3))
            {
                yield return $"Hellinger {hellinger[i]}, total variation {variation[i]}, Jensen–Shannon {js[i]}";
            }
        }
    }

    // |E[X] − E[Y]| ≤ W₁ ≤ W₂, and both symmetric. The kinks of the first cost digits; the steps of counts beside a density cost up to a panel, 1/32.
    private static IEnumerable<string> OfTransport(Univariate p, Univariate q)
    {
        double[] first = Divergence.Wasserstein(p, q).Value.ToDoubles(), swapped = Divergence.Wasserstein(q, p).Value.ToDoubles();
        double[] second = Divergence.Wasserstein(p, q, 2).Value.ToDoubles(), gap = (p.Mean().Value - q.Mean().Value).Abs().ToDoubles();
        double tolerance = p.Measure == q.Measure ? 1e-3 : 1.0 / 32;
        for (int i = 0; i < first.Length; i++)
        {
            if (!(gap[i] <= (first[i] * (1 + tolerance)) + 1e-12 && first[i] <= (second[i] * (1 + tolerance)) + 1e-12 && Math.Abs(first[i] - swapped[i]) <= 1e-9 * first[i]))
            {
                yield return $"W₁ {first[i]}, swapped {swapped[i]}, W₂ {second[i]}, means apart by {gap[i]}";
            }
        }
    }

    // Of the draws themselves both are squared distances: not negative, and 0 of equal draws.
    private static IEnumerable<string> OfSamples(Univariate p, Univariate q)
    {
        Tensor x = p.Sample(RandomKey.FromSeed(1), [60])[.., 0].Cast(DType.Float64), y = q.Sample(RandomKey.FromSeed(2), [50])[.., 0].Cast(DType.Float64);
        double energy = Divergence.EnergyDistance(x, y, unbiased: false).Value.ToScalar(), back = Divergence.EnergyDistance(y, x, unbiased: false).Value.ToScalar();
        double kernel = Divergence.MaximumMeanDiscrepancy(x, y, 1, unbiased: false).Value.ToScalar();
        double size = x.Abs().Mean().ToScalar() + y.Abs().Mean().ToScalar();
        if (!(energy >= -1e-12 * size && Math.Abs(energy - back) <= 1e-12 * size && kernel is >= -1e-12 and <= 2))
        {
            yield return $"energy {energy}, swapped {back}, kernel {kernel}";
        }
    }

    private static Family Rows(Family family, int from) =>
        family with { Points = [family.Points[from % family.Points.Length], family.Points[(from + 1) % family.Points.Length]] };

    [Fact]
    public void Kl_OfAHistogram_IsFiniteWhereTheOtherHasADensity()
    {
        // Uniform on [0, 2]: −ln 2 + ln 2 + E|X − 1| = ½.
        Histogram p = Histogram.FromProbs(Tensor.From(0.0, 1, 2), Tensor.From(0.5, 0.5));
        Assert.Equal(0.5, p.Kl(new Laplace(Scalar(1), 1)).Value.ToScalar(), 1e-7);
    }

    [Fact]
    public void Crps_OfAnExtremeValueOfNaN_IsNaN()
    {
        Assert.Equal(double.NaN, new GeneralizedExtremeValue(Scalar(0), 1, double.NaN).Crps(0.5).ToScalar());
        Assert.Equal(double.NaN, new GeneralizedExtremeValue(Scalar(0), 1, 1.5).Crps(double.NaN).ToScalar());
        Assert.Equal(double.PositiveInfinity, new GeneralizedExtremeValue(Scalar(0), 1, 1.5).Crps(0.5).ToScalar());
    }

    [Fact]
    public void JensenShannon_OfItselfAndOfWhatIsApart_IsZeroAndLogTwo()
    {
        Assert.Equal(0, Divergence.JensenShannon(P, P).Value.ToScalar(), 1e-12);
        Assert.Equal(Math.Log(2), Divergence.JensenShannon(new Uniform(Scalar(0), 1), new Uniform(Scalar(2), 3)).Value.ToScalar(), 1e-7);
        Assert.Equal(Math.Log(2), Divergence.JensenShannon(P, new Poisson(Scalar(2))).Value.ToScalar());
        Independent<Normal> pair = MultivariateNormal.Diagonal(Tensor.From(0.3, 0.3), Tensor.From(0.7, 0.7));
        Estimate vectors = Divergence.JensenShannon(pair, pair);
        Assert.Equal(Evidence.Unbiased, vectors.Kind);
        Assert.Equal(0, vectors.Value.ToScalar(), 1e-12);
    }

    // Their definitions, by a sum over outcomes.
    [Fact]
    public void Distances_OfCounts_AreTheSumsOverOutcomes()
    {
        Poisson p = new(Scalar(3)), q = new(Scalar(5));
        Tensor k = Tensor.Arange(100, DType.Float64), a = p.LogProb(k).Exp(), b = q.LogProb(k).Exp(), m = 0.5 * (a + b);
        Assert.Equal((0.5 * ((a * (a / m).Log()) + (b * (b / m).Log())).Sum()).ToScalar(), Divergence.JensenShannon(p, q).Value.ToScalar(), 1e-12);
        Assert.Equal((0.5 * (a - b).Abs().Sum()).ToScalar(), Divergence.TotalVariation(p, q).Value.ToScalar(), 1e-12);
        Assert.Equal(Math.Sqrt(1 - (a * b).Sqrt().Sum().ToScalar()), Divergence.Hellinger(p, q).Value.ToScalar(), 1e-12);
        Assert.Equal(2, Divergence.Wasserstein(p, q).Value.ToScalar(), 1e-9);

        // E[XY] of the joint distribution in which both are functions of one uniform number is Σ min(P(X > i), P(Y > j)).
        Tensor together = Tensor.Minimum(p.Survival(k).Unsqueeze(-1), q.Survival(k)).Sum();
        double square = (3 + 9) + (5 + 25) - (2 * together.ToScalar());
        Assert.Equal(Math.Sqrt(square), Divergence.Wasserstein(p, q, 2).Value.ToScalar(), 1e-9);
        Assert.Equal((2 + 1.5 + 6) / 4, Divergence.Wasserstein(new Delta(Scalar(1)), new Empirical(Tensor.From(-1.0, 1, 2.5, 7)), 1).Value.ToScalar(), 1e-12);
        Assert.Equal(Math.Sqrt((4 + 2.25 + 36) / 4), Divergence.Wasserstein(new Empirical(Tensor.From(-1.0, 1, 2.5, 7)), new Delta(Scalar(1)), 2).Value.ToScalar(), 1e-12);
    }

    // ∫|F⁻¹ − G⁻¹|ᵏ of generalized Paretos by their moments: E X = 1/(1 − ξ), and E of the product of the quantiles from ∫ t^−a dt.
    [Theory]
    [InlineData(0.4, 0.2)]
    [InlineData(0.85, 0.2)]
    [InlineData(0.9, 0.2)]
    [InlineData(0.95, 0.5)]
    public void Wasserstein_OfHeavyTails_IsTheDifferenceOfMeans(double one, double other)
    {
        Estimate distance = Divergence.Wasserstein(new GeneralizedPareto(Scalar(0), Scalar(1), Scalar(one)), new GeneralizedPareto(Scalar(0), Scalar(1), Scalar(other)));
        double exact = (1 / (1 - one)) - (1 / (1 - other));
        Assert.InRange(distance.Value.ToScalar() - exact, -3 * distance.StandardError.ToScalar(), 3 * distance.StandardError.ToScalar());
        Assert.InRange(distance.StandardError.ToScalar(), 0, 0.02 * exact);
    }

    [Theory]
    [InlineData(0.4, 0.2)]
    [InlineData(0.45, 0.2)]
    public void Wasserstein_OfHeavyTailsWithOrder2_IsThatOfTheMoments(double one, double other)
    {
        // (t^−a − 1)/a and (t^−b − 1)/b at the same t: E[(X − Y)²] from E[t^−2a], E[t^−2b], E[t^−(a+b)].
        double Power(double a) => 1 / (1 - a);
        double Product(double a, double b) => (Power(a + b) - Power(a) - Power(b) + 1) / (a * b);
        double exact = Math.Sqrt(Product(one, one) - (2 * Product(one, other)) + Product(other, other));
        Estimate distance = Divergence.Wasserstein(new GeneralizedPareto(Scalar(0), Scalar(1), Scalar(one)), new GeneralizedPareto(Scalar(0), Scalar(1), Scalar(other)), 2);
        Assert.InRange(distance.Value.ToScalar() - exact, -3 * distance.StandardError.ToScalar(), 3 * distance.StandardError.ToScalar());
        Assert.InRange(distance.StandardError.ToScalar(), 0, 0.02 * exact);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.4)]
    public void Wasserstein_WithoutAMean_IsInfiniteInBothTypes(double concentration)
    {
        foreach (DType dtype in new[] { DType.Float32, DType.Float64 })
        {
            Tensor Number(double x) => Tensor.Scalar(x, dtype);
            Assert.Equal(
                double.PositiveInfinity,
                Divergence.Wasserstein(new GeneralizedPareto(Number(0), Number(1), Number(concentration)), new Exponential(Number(1))).Value.ToScalar());
        }
    }

    [Fact]
    public void HellingerAndWasserstein_InClosedForm_AreThoseByQuadrature()
    {
        (Univariate, Univariate)[] pairs =
        [
            (P, Q), (new Gamma(Scalar(2), 3), new Gamma(Scalar(4), 1)), (new Exponential(Scalar(2)), new Exponential(Scalar(0.4))),
            (new Exponential(Scalar(2)), new Gamma(Scalar(3), 2)), (new Beta(Scalar(2), 3), new Beta(Scalar(0.7), 1.6)),
        ];
        foreach ((Univariate p, Univariate q) in pairs)
        {
            Estimate exact = Divergence.Hellinger(p, q), numeric = Divergence.Hellinger(Hide(p), q);
            Assert.Equal((Evidence.Exact, Evidence.Numeric), (exact.Kind, numeric.Kind));
            Assert.Equal(exact.Value.ToScalar(), numeric.Value.ToScalar(), 1e-8);
        }

        Assert.Equal(Divergence.Wasserstein(P, Q, 2).Value.ToScalar(), Divergence.Wasserstein(Hide(P), Q, 2).Value.ToScalar(), 1e-8);
        Assert.Equal(Divergence.Wasserstein(P, Q).Value.ToScalar(), Divergence.Wasserstein(Hide(P), Q).Value.ToScalar(), 1e-5);
        Assert.Equal(double.PositiveInfinity, Divergence.Wasserstein(new Cauchy(Scalar(0), 1), P).Value.ToScalar());
    }

    [Fact]
    public void Distances_OfNormalsOfVectors_AreThoseOfTheirCoordinates()
    {
        var p = new MultivariateNormal(Tensor.From(0.3, 1.0), Tensor.From([0.7, 0, 0, 2], [2, 2]));
        var q = new MultivariateNormal(Tensor.From(-0.5, 2.0), Tensor.From([1.4, 0, 0, 0.5], [2, 2]));
        Normal p2 = new(Scalar(1), 2), q2 = new(Scalar(2), 0.5);
        double first = Divergence.Wasserstein(P, Q, 2).Value.ToScalar(), second = Divergence.Wasserstein(p2, q2, 2).Value.ToScalar();
        Assert.Equal(Math.Sqrt((first * first) + (second * second)), Divergence.Wasserstein(p, q, 2).Value.ToScalar(), 1e-12);
        double h1 = Divergence.Hellinger(P, Q).Value.ToScalar(), h2 = Divergence.Hellinger(p2, q2).Value.ToScalar();
        Assert.Equal(Math.Sqrt(1 - ((1 - (h1 * h1)) * (1 - (h2 * h2)))), Divergence.Hellinger(p, q).Value.ToScalar(), 1e-12);

        // A rotation of both changes neither.
        Tensor turn = Tensor.From([0.6, -0.8, 0.8, 0.6], [2, 2]);
        var turnedP = MultivariateNormal.FromCovariance(turn.MatMul(p.Loc.Unsqueeze(-1)).Squeeze(-1), turn.MatMul(p.Covariance).MatMul(turn.Transpose()));
        var turnedQ = MultivariateNormal.FromCovariance(turn.MatMul(q.Loc.Unsqueeze(-1)).Squeeze(-1), turn.MatMul(q.Covariance).MatMul(turn.Transpose()));
        Assert.Equal(Divergence.Wasserstein(p, q, 2).Value.ToScalar(), Divergence.Wasserstein(turnedP, turnedQ, 2).Value.ToScalar(), 1e-12);
        Assert.Equal(Divergence.Hellinger(p, q).Value.ToScalar(), Divergence.Hellinger(turnedP, turnedQ).Value.ToScalar(), 1e-12);
    }

    [Fact]
    public void Distances_Gradients_AreThoseOfDifferences()
    {
        Tensor[] leaves = [Scalar(0.3), Scalar(0.7), Scalar(-0.5), Scalar(1.4)];
        Func<Normal, Normal, Tensor>[] distances =
        [
            (p, q) => Divergence.JensenShannon(p, q), (p, q) => Divergence.Hellinger(p, q), (p, q) => Divergence.Wasserstein(p, q), (p, q) => Divergence.Wasserstein(p, q, 2),
            (p, q) => p.Kl(q),
        ];
        foreach (Func<Normal, Normal, Tensor> distance in distances)
        {
            GradientCheck.Run(x => distance(new Normal(x[0], x[1]), new Normal(x[2], x[3])), leaves).ThrowIfFailed();
        }

        Tensor[] same = Gradient.ValueAndGradient(
            x => Divergence.Hellinger(new Normal(x[0], x[1]), new Normal(x[0], x[1])).Value + Divergence.Wasserstein(new Normal(x[0], x[1]), new Normal(x[0], x[1]), 2),
            leaves[..2]).Gradients;
        Assert.All(same, gradient => Assert.Equal(0, gradient.ToScalar()));
    }

    // Of Normals N(0, 1) and N(μ, 1): E|X − Y| = E|N(μ, 2)|, so the energy distance is 2·(E|N(μ, 2)| − E|N(0, 2)|); with a bandwidth h = 1 the discrepancy is
    // 2·(1 − exp(−μ²/6))/√3, as E exp(−(X − Y)²/2) of a difference N(μ, 2) is exp(−μ²/6)/√3.
    [Fact]
    public void SampleDistances_OfNormals_AreUnbiasedWithTheirStandardErrors()
    {
        const double mu = 0.8;
        Tensor x = RandomKey.FromSeed(31).Normal([900], DType.Float64), y = RandomKey.FromSeed(32).Normal([700], DType.Float64) + mu;
        double size = (2 * Math.Sqrt(2) * Math.Exp(-mu * mu / 4) / Math.Sqrt(2 * Math.PI)) + (mu * ((2 * Scalar(mu / Math.Sqrt(2)).NormalCdf().ToScalar()) - 1));
        Near(2 * (size - (2 / Math.Sqrt(Math.PI))), Divergence.EnergyDistance(x, y));
        Near(2 * (1 - Math.Exp(-mu * mu / 6)) / Math.Sqrt(3), Divergence.MaximumMeanDiscrepancy(x, y, 1));
        Assert.Equal(Evidence.Exact, Divergence.EnergyDistance(x, y, unbiased: false).Kind);
        Assert.Equal(0, Divergence.EnergyDistance(x, x, unbiased: false).Value.ToScalar(), 1e-12);
        Assert.InRange(Divergence.MaximumMeanDiscrepancy(x, y).Value.ToScalar(), 0.05, 0.5);
        Assert.Throws<ArgumentOutOfRangeException>(() => Divergence.MaximumMeanDiscrepancy(Tensor.From(1.0, 1.0), Tensor.From(1.0, 1.0)));
        Assert.Throws<ShapeException>(() => Divergence.EnergyDistance(x, y.Unsqueeze(-1)));

        static void Near(double expected, Estimate found)
        {
            Assert.Equal(Evidence.Unbiased, found.Kind);
            Assert.InRange(Math.Abs(found.Value.ToScalar() - expected), 0, 4.9 * found.StandardError.ToScalar());
            Assert.InRange(found.StandardError.ToScalar(), 1e-3, 0.2 * expected);
        }
    }

    private static TransformedDistribution Hide(Univariate p) => new(p, new AffineTransform(Scalar(0), 1));

    private static Tensor Scalar(double value) => Tensor.Scalar(value, DType.Float64);
}
