using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

public class DivergenceTests
{
    private static readonly Normal Standard = new(Tensor.Scalar(0, DType.Float64), 1);

    [Fact]
    public void Kl_OfEveryPairOfTheTable_IsANumberAndNeverThrows()
    {
        foreach (Family p in Families.All)
        {
            foreach (Family q in Families.All)
            {
                Univariate one = Single(p), other = Single(q);
                if (one is Categorical && other is Categorical && p != q)
                {
                    continue;
                }

                Estimate kl = one.Kl(other);
                double value = kl.Value.ToScalar();
                Assert.True(value >= -1e-6, $"{p.Name} from {q.Name}: {kl}");
                Assert.True(p.Name != q.Name || Math.Abs(value) < 1e-9, $"{p.Name} from itself: {kl}");
            }
        }
    }

    // A transformed distribution has no closed forms, so that the same divergence goes through quadrature.
    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(-3, 0.7)]
    public void Kl_ByQuadrature_IsTheClosedForm(double loc, double scale)
    {
        var q = new Normal(Tensor.Scalar(loc, DType.Float64), scale);
        var hidden = new TransformedDistribution(Standard, new AffineTransform(Tensor.Scalar(0, DType.Float64), 1));
        Estimate exact = Standard.Kl(q), numeric = hidden.Kl(q);
        Assert.Equal(Evidence.Exact, exact.Kind);
        Assert.Equal(Evidence.Numeric, numeric.Kind);
        Assert.Equal(exact.Value.ToScalar(), numeric.Value.ToScalar(), 1e-9);
    }

    // mpmath 1.3, 60 digits: log(beta(c, d)/beta(a, b)) + (a − c)·psi(0, a) + (b − d)·psi(0, b) + (c − a + d − b)·psi(0, a + b), and its derivatives by a and d. What is left
    // of terms of the size (a − c)²/a + (b − d)²/b carries their rounding.
    [Theory]
    [InlineData(0.07618638115112848, 38259829.64477476, 0.07618638143147319, 38259818.01283751, 3.6130556775156947e-15, -3.5273836995536037e-7, -6.1272886714245894e-16)]
    [InlineData(5000, 5000, 5000, 5010, 0.0049957547192574809, 0.0010000500016666667, 0.00099865199196724563)]
    [InlineData(0.3, 20, 0.5, 2, 1.1082439691819507, -3.3478718861702394, -0.26510812579520552)]
    [InlineData(2, 1e12, 2, 1.000001e12, 9.9999933333283333e-13, 9.999999999985e-7, 1.999998e-18)]
    [InlineData(0.001, 50, 40, 0.001, 40178.098010296372, -39999065.901694551, -1004.2519044194994)]
    public void Kl_OfBetas_IsTheReference(double a, double b, double c, double d, double expected, double byA, double byD)
    {
        Tensor at = Tensor.From(a, b, c, d);
        double rounding = 1e-15 * (((a - c) * (a - c) / a) + ((b - d) * (b - d) / b)), slope = 4e-15 * Math.Abs(b - d) / Math.Min(b, d);
        (Tensor value, Tensor gradient) = Gradient.ValueAndGradient((Tensor v) => new Beta(v[0], v[1]).Kl(new Beta(v[2], v[3])).Value.Sum(), at);
        Assert.Equal(expected, value.ToScalar(), rounding + (1e-14 * expected));
        Assert.Equal(byA, gradient.ToDoubles()[0], 1e-12 * Math.Abs(byA));
        Assert.Equal(byD, gradient.ToDoubles()[3], slope + (1e-13 * Math.Abs(byD)));

        if (a >= 1)
        {
            Tensor single = new Beta(Tensor.From((float)a), (float)b).Kl(new Beta(Tensor.From((float)c), (float)d)).Value;
            Assert.Equal(DType.Float32, single.DType);
            Assert.True(b > 1e6 || Math.Abs(single.ToScalar() - expected) < 1e-6 * expected);
        }
    }

    [Fact]
    public void Kl_WhereQMissesAPartOfP_IsInfinite()
    {
        Univariate[] narrow =
        [
            new Uniform(Tensor.Scalar(-50, DType.Float64), 50), new Gamma(Tensor.Scalar(2, DType.Float64), 1),
            new Beta(Tensor.Scalar(2, DType.Float64), 3), new Exponential(Tensor.Scalar(1, DType.Float64)), new Poisson(Tensor.Scalar(3, DType.Float64)),
        ];
        Assert.All(narrow, q => Assert.Equal(double.PositiveInfinity, Standard.Kl(q).Value.ToScalar()));
    }

    // E[x²] of StudentT with one degree of freedom is infinite, so that no Normal is at a finite distance.
    [Fact]
    public void Kl_WhoseIntegralDiverges_IsInfinite()
    {
        var hidden = new Mixture<StudentT>(
            Tensor.From(0.0, 0.0), new StudentT(Tensor.From(1.0, 1.0), Tensor.From(0.0, 1.0), Tensor.From(1.0, 1.0)));
        Assert.Equal(double.PositiveInfinity, hidden.Kl(Standard).Value.ToScalar());
    }

    // A transformed distribution hides its family. The integrands fall by powers of the probability down to 1/100, or rise far beyond what probabilities can tell.
    [Theory]
    [MemberData(nameof(HeavyTails))]
    public void Kl_OfHeavyTails_IsTheClosedFormWithinItsError(string name, Univariate p, Univariate q, double exact)
    {
        Estimate kl = new TransformedDistribution(p, new AffineTransform(Tensor.Scalar(0, p.DType), 1)).Kl(q);
        double value = kl.Value.ToScalar(), error = kl.StandardError.ToScalar();
        Assert.Equal(Evidence.Numeric, kl.Kind);
        Assert.True(double.IsInfinity(exact) ? value == exact : Math.Abs(value - exact) <= error, $"{name}: {kl} for {exact}");
        Assert.True(error <= (p.DType == DType.Float64 ? 1e-6 : 1e-3) * (1 + Math.Abs(value)), $"{name}: {kl}");
    }

    public static TheoryData<string, Univariate, Univariate, double> HeavyTails()
    {
        var rows = new TheoryData<string, Univariate, Univariate, double>();
        foreach (DType dtype in new[] { DType.Float64, DType.Float32 })
        {
            Tensor S(double x) => Tensor.Scalar(x, dtype);
            foreach (double shape in new[] { 0.5, 0.8, 0.99, 1 })
            {
                // E[X] = 1/(1 − ξ), and an entropy of 1 + ξ.
                double exact = shape < 1 ? (1 / (1 - shape)) - 1 - shape : double.PositiveInfinity;
                rows.Add($"GeneralizedPareto {shape} from Exponential", new GeneralizedPareto(S(0), S(1), S(shape)), new Exponential(S(1)), exact);
            }

            foreach (double df in new[] { 2.25, 2 })
            {
                double entropy = new StudentT(Tensor.Scalar(df, DType.Float64), 0, 1).Entropy().Value.ToScalar();
                double exact = df > 2 ? (0.5 * Math.Log(2 * Math.PI)) + (0.5 * df / (df - 2)) - entropy : double.PositiveInfinity;
                rows.Add($"StudentT {df} from Normal", new StudentT(S(df), S(0), S(1)), new Normal(S(0), S(1)), exact);
            }

            // KL of Paretos with one scale: ln(a/b) + b/a − 1.
            rows.Add("Pareto from Pareto", new Pareto(S(1), S(0.125)), new Pareto(S(1), S(2)), Math.Log(0.125 / 2) + 16 - 1);
            rows.Add("Pareto from Exponential", new Pareto(S(1), S(1)), new Exponential(S(1)), double.PositiveInfinity);

            // ∫ ln((1 + x²/3)²/(1 + x²))/(π(1 + x²)) dx + ln(2√3/3) with ∫ ln(1 + c²x²)/(π(1 + x²)) dx = 2·ln(1 + c).
            rows.Add("Cauchy from StudentT", new Cauchy(S(0), S(1)), new StudentT(S(3), S(0), S(1)),
                Math.Log(Math.Sqrt(3) / 2) + (4 * Math.Log(1 + (1 / Math.Sqrt(3)))) - (2 * Math.Log(2)));

            // E[ln X] = ln c + γ + ln 2 and E[1/X] = 1/c of a Lévy distribution, whose entropy is (1 + 3γ + ln(16π))/2 + ln c.
            rows.Add("Levy from InverseGamma", new Levy(S(0), S(1)), new InverseGamma(S(2), S(1)),
                (3 * (EulerGamma + Math.Log(2))) + 1 - (0.5 * (1 + (3 * EulerGamma) + Math.Log(16 * Math.PI))));

            // E[e^bx] = 1/(1 − b).
            rows.Add("Exponential from Gompertz", new Exponential(S(1)), new Gompertz(S(0.125), S(0.75)), -1 - Math.Log(0.125 * 0.75) - 0.125 - 0.75 + (0.125 * 4));
            rows.Add("Exponential from a steeper Gompertz", new Exponential(S(1)), new Gompertz(S(0.125), S(1)), double.PositiveInfinity);

            // Near 0: E[1/X] = 1/(k − 1) of Gamma(k).
            double small = 1.125, ofSmall = new Gamma(Tensor.Scalar(small, DType.Float64), 1).Entropy().Value.ToScalar();
            rows.Add("Gamma from InverseGamma", new Gamma(S(small), S(1)), new InverseGamma(S(2), S(1)), (3 * Special.Digamma(small)) + 8 - ofSmall);
            rows.Add("Gamma(1) from InverseGamma", new Gamma(S(1), S(1)), new InverseGamma(S(2), S(1)), double.PositiveInfinity);
        }

        // E[X] = e^(σ²/2), of which most comes from eight standard deviations on, at probabilities of 1e-15; its entropy is ln σ + ½·ln(2πe).
        Tensor wide = Tensor.Scalar(8.0, DType.Float64);
        var gamma = new Gamma(Tensor.Scalar(2.0, DType.Float64), 1);
        rows.Add("LogNormal from Gamma", new LogNormal(0, wide), gamma, Math.Exp(32) - Math.Log(8) - (0.5 * Math.Log(2 * Math.PI * Math.E)));
        return rows;
    }

    // Parts of a divergence beyond its panels move with the parameters, too: of 1/(1 − ξ) − 1 − ξ, at ξ = 0.9, and with rate b of −1 − ξ − ln b + b/(1 − ξ).
    [Fact]
    public void KlGradient_OfHeavyTails_IsThatOfTheClosedForm()
    {
        (_, Tensor[] gradients) = Gradient.ValueAndGradient(
            all => new TransformedDistribution(new GeneralizedPareto(0, 1, all[0]), new AffineTransform(Tensor.Scalar(0, DType.Float64), 1)).Kl(new Exponential(all[1])).Value,
            Tensor.Scalar(0.9, DType.Float64), Tensor.Scalar(2.0, DType.Float64));
        Assert.Equal(200 - 1, gradients[0].ToScalar(), 1e-5);
        Assert.Equal(10 - 0.5, gradients[1].ToScalar(), 1e-6);
    }

    private const double EulerGamma = 0.57721566490153286;

    [Fact]
    public void Kl_OfVectorsWithoutAFormula_IsMonteCarloWithItsStandardError()
    {
        var p = new Independent<Normal>(new Normal(Tensor.From(0.0, 1.0), 1), 1);
        var q = new Independent<Laplace>(new Laplace(Tensor.From(0.0, 0.0), 2), 1);
        Assert.Equal(Evidence.Exact, p.Kl(new Independent<Normal>(new Normal(Tensor.From(0.5, 0.0), 2), 1)).Kind);
        Estimate sum = p.Kl(q), single = p.Coordinates.Kl(q.Coordinates);
        Assert.Equal(single.Value.Sum().ToScalar(), sum.Value.ToScalar(), 1e-12);

        var opaque = new Opaque(p);
        Estimate sampled = opaque.Kl(q);
        Assert.Equal(Evidence.Unbiased, sampled.Kind);
        Assert.InRange(Math.Abs(sampled.Value.ToScalar() - sum.Value.ToScalar()), 0, 4.9 * sampled.StandardError.ToScalar());
        Assert.InRange(sampled.StandardError.ToScalar(), 1e-4, 0.1);
    }

    [Fact]
    public void Kl_InBatches_Broadcasts()
    {
        var p = new Normal(Tensor.Zeros([3, 1], DType.Float64), 1);
        var q = new Normal(Tensor.Zeros([4], DType.Float64), 2);
        Assert.Equal<Shape>([3, 4], p.Kl(q).Value.Shape);
        Assert.Equal<Shape>([3, 4], new TransformedDistribution(p, new AffineTransform(Tensor.Scalar(0, DType.Float64), 1)).Kl(q).Value.Shape);
    }

    [Fact]
    public void Kl_OfUnlikeEventsOrTypes_IsRefused()
    {
        Assert.Throws<ShapeException>(() => new Independent<Normal>(new Normal(Tensor.From(0.0, 1.0), 1), 1).Kl(Standard));
        Assert.Throws<DTypeException>(() => Standard.Kl(new Normal(0, 1)));
    }

    private static Univariate Single(Family family) => family.Create(Array.ConvertAll(family.Points[0], value => Tensor.Scalar(value, DType.Float64)));

    // A distribution of which nothing is known but density and draws.
    private sealed class Opaque(Independent<Normal> inner) : Distribution
    {
        public override Support Support => inner.Support;

        public override Shape BatchShape => inner.BatchShape;

        public override Shape EventShape => inner.EventShape;

        public override IReadOnlyList<(string Name, Tensor Value)> Parameters => inner.Parameters;

        public override Tensor Mode => inner.Mode;

        public override Tensor LogDensity(Tensor value) => inner.LogDensity(value);

        protected override Tensor Draw(RandomKey key, Shape shape) => inner.Sample(key, shape);
    }
}
