using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Tests.Autodiff;

namespace ProbNet.Tests.Distributions;

/// <summary>Parameters and values, most of them found by the fuzz test, at which an answer was once no number or had lost its digits.</summary>
public class ExtremeParameterTests
{
    [Fact]
    public void SinhArcsinhGradient_AtTheLocation_IsTheInverseScaleWhereTheSlopeOverflows()
    {
        // d ln f/dσ is −1/σ at x = μ; d ln f/dx is beyond the range of Float32.
        const float Scale = 5.678771799466631E-07f;
        Tensor[] gradients = Gradient.ValueAndGradient(
            p => new SinhArcsinh(p[0], p[1], p[2], p[3]).LogProb(p[4]),
            Tensor.From(-1.8470433f), Tensor.From(Scale), Tensor.From(40.284416f), Tensor.From(6.485937046818435E-05f), Tensor.From(-1.8470433f)).Gradients;
        SpecialAssert.Close(-1.0 / Scale, gradients[1].ToScalar(), 1e-6);
        Assert.All(gradients, gradient => Assert.False(double.IsNaN(gradient.ToScalar())));
    }

    [Fact]
    public void LogTailGradients_WhereFloat32LosesTheUnitOfTheLogarithms_AreThoseOfFloat64()
    {
        // Logarithms of tails near −1e9, whose spacing in Float32 is 64: their differences with the log density are of the order of 10.
        (double, double)[] cases = [(54732444, 0.014239118434488773), (3e7, 2.5), (1e6, 1e-3)];
        foreach ((double shape, double rate) in cases)
        {
            Tensor[] singles = Slopes(Tensor.From((float)shape), Tensor.From((float)rate)), doubles = Slopes(Tensor.From(shape), Tensor.From((double)(float)rate));
            for (int i = 0; i < singles.Length; i++)
            {
                // A dozen roundings of 6e-8 each.
                SpecialAssert.Close(doubles[i].ToScalar(), singles[i].ToScalar(), 1e-6);
            }
        }

        static Tensor[] Slopes(Tensor shape, Tensor rate)
        {
            Tensor one = Tensor.Scalar(1, shape.DType), half = Tensor.Scalar(0.5, shape.DType);
            return
            [
                .. Gradient.ValueAndGradient(p => new Quantized<Gamma>(new Gamma(p[0], p[1])).LogProb(one).Sum(), shape, rate).Gradients,
                Gradient.Of(x => new Gamma(shape, rate).LogCdf(x).Sum(), one), Gradient.Of(x => new Beta(shape, 2).LogCdf(x).Sum(), half),
                Gradient.Of(x => new Beta(2, shape).LogSurvival(x).Sum(), half),
            ];
        }
    }

    [Fact]
    public void ExGaussianTails_WhereTheNormalPartIsNarrow_AreThoseOfTheExponential()
    {
        // ln P(X > x) = λ²σ²/2 − λ(x − μ), since Φ(z − λσ) is 1.
        const double Loc = 2.211765205993611E-05, Scale = 1.055508756331313E-08, Rate = 5.105666259092249E-10, X = 1196449781.5641682;
        (Tensor log, Tensor[] gradients) = Gradient.ValueAndGradient(
            p => new ExGaussian(p[0], p[1], p[2]).LogSurvival(p[3]), Tensor.From(Loc), Tensor.From(Scale), Tensor.From(Rate), Tensor.From(X));
        SpecialAssert.Close(-Rate * (X - Loc), log.ToScalar(), 1e-14);
        SpecialAssert.Close(Rate, gradients[0].ToScalar(), 1e-12);
        SpecialAssert.Close(-X, gradients[2].ToScalar(), 1e-12);
        SpecialAssert.Close(-Rate, gradients[3].ToScalar(), 1e-12);

        // P(X ≤ z) = 1 − exp(k²/2 − kz) where Φ(k − z) < 1e-20.
        foreach (double z in new[] { 10.0, 39, 41, 1e4, 1e9, 1e100 })
        {
            double k = 1e-3 / z;
            SpecialAssert.Close(Math.Log(-Special.Expm1((0.5 * k * k) - 1e-3)), new ExGaussian(Tensor.From(0.0), 1, k).LogCdf(Tensor.From(z)).ToScalar(), 1e-14);
        }
    }

    // mpmath 1.3, 50 digits, by quadrature of the Beta density over its logit. The arguments of the continued fraction are rounded to 1e-16, which moves
    // (a + b)·x − a by 1e-16·r of a standard deviation √r.
    [Theory]
    [InlineData(13762792824.199953, 0.9999999999999065, 1.4722559975843933e+23, -0.51414621499763189)]
    [InlineData(455945390.82605344, 0.9999999999999065, 4.87650900901627e+21, -3.0897629441816649e-5)]
    [InlineData(1e9, 0.999999, 1e15, -0.71870733202236216)]
    [InlineData(1e9, 0.999999, 1.00003e15, -1.8111436437701432)]
    [InlineData(1e12, 0.5, 1.000001e12, -1.4281589976615902)]
    [InlineData(1e12, 0.001, 1.001e9, -0.66824939803447261)]
    public void NegativeBinomialLogSurvival_OfHugeCounts_HasTheReferenceValues(double totalCount, double probs, double k, double expected)
    {
        double tolerance = 1e-13 + (4e-16 * Math.Sqrt(totalCount));
        SpecialAssert.Close(expected, new NegativeBinomial(Tensor.From(totalCount), probs).LogSurvival(k).ToScalar(), tolerance);
        double mixed = new Hurdle<NegativeBinomial>(0.25, new NegativeBinomial(Tensor.From(totalCount), probs)).LogSurvival(k).ToScalar();
        SpecialAssert.Close(expected + Math.Log(0.75), mixed, tolerance);
    }

    // mpmath 1.3, 60 digits: (a − 1)·log(x) + (b − 1)·log(1 − x) − log(beta(a, b)). The rounding of x moves it by 1e-16·(a + b)·x of a standard deviation.
    [Theory]
    [InlineData(1e10, 1e10, 0.50001, 7.6337077022293819)]
    [InlineData(57625026819730.16, 244134919.71924627, 0.9999957623569882, 13.637033885853634)]
    [InlineData(1e12, 3e4, 0.99999997, 21.557603488285219)]
    public void BetaLogProb_OfLargeConcentrations_HasTheReferenceValues(double a, double b, double x, double expected)
    {
        double moved = 1e-16 * Math.Abs(((a - 1) / x) - ((b - 1) / (1 - x)));
        Assert.Equal(expected, new Beta(Tensor.From(a), b).LogProb(Tensor.From(x)).ToScalar(), (4 * moved) + (1e-14 * expected));
    }

    // mpmath 1.3, 60 digits, with a = df1/2, b = df2/2 and z = df1·x/df2: a·log(z) − (a + b)·log(1 + z) − log(beta(a, b)) − log(x). In floats to the promise of
    // 1e-5·(1 + |y| + Σ|θ·∂y/∂θ|), here without the sum.
    [Theory]
    [InlineData(1e9, 1e9, 1, 8.7495472044585875)]
    [InlineData(4089698.5, 49759, 0.9995585680007935, 4.1339563261014606)]
    [InlineData(3, 5, 0.7, -0.71934455768064856)]
    [InlineData(1e9, 30, 1.2, 0.012386916341195653)]
    public void FisherSnedecorLogProb_OfLargeDegreesOfFreedom_HasTheReferenceValues(double df1, double df2, double x, double expected)
    {
        Assert.Equal(expected, new FisherSnedecor(Tensor.From(df1), df2).LogProb(Tensor.From(x)).ToScalar(), 1e-12 * (1 + Math.Abs(expected)));
        Assert.Equal(expected, new FisherSnedecor(Tensor.From((float)df1), (float)df2).LogProb(Tensor.From((float)x)).ToScalar(), 1e-5 * (1 + Math.Abs(expected)));
    }

    // mpmath 1.3, 60 digits: loggamma(k + r) − loggamma(k + 1) − loggamma(r) + k·log(p) + r·log(1 − p). The rates (r + k)·p and (r + k)·(1 − p) are rounded to 2e-4 and 2e-9,
    // by which the terms change as 1e-8 and 1e-3 of that.
    [Fact]
    public void NegativeBinomialLogProb_OfAHugeCount_HasTheReferenceValue() =>
        Assert.Equal(-30.937224686232998, new NegativeBinomial(Tensor.From(22325293.340455838), 0.9999923687672082).LogProb(Tensor.From(2922756806071.0)).ToScalar(), 1e-11);

    // mpmath 1.3, 30 digits: −Σ m·log(m) with m = binomial(n, k)·beta(k + a, n − k + b)/beta(a, b).
    [Fact]
    public void BetaBinomialEntropy_OfABatchOfCounts_HasTheReferenceValues()
    {
        double[] entropies = new BetaBinomial(Tensor.From(0.0, 1000.0, 20000.0), 2, 3).Entropy().Value.ToDoubles();
        Assert.Equal(0, entropies[0], 1e-12);
        Assert.Equal(6.6753360364991058, entropies[1], 1e-10);
        Assert.Equal(9.6687058636599325, entropies[2], 1e-10);
    }

    // mpmath 1.3, 40 digits: E[Q(r, ky)] for y ~ Beta(b, a), which differs by 1/k.
    [Theory]
    [InlineData(63.342354513386766, 1.9251191394818479, 0.039485048505327476, 2.1304056190452736e+22, 0.83954625287795564, 0.16045374712204436)]
    [InlineData(63, 2, 0.04, 1e20, 0.80552029684492398, 0.19447970315507602)]
    public void BetaNegativeBinomialTails_OfHugeCounts_HaveTheReferenceValues(double r, double a, double b, double k, double cdf, double survival)
    {
        var d = new BetaNegativeBinomial(Tensor.From(r), a, b);
        SpecialAssert.Close(cdf, d.Cdf(k).ToScalar(), 1e-12);
        SpecialAssert.Close(survival, d.Survival(k).ToScalar(), 1e-12);
    }

    // mpmath 1.3, 40 digits, from the mass at k + 1 times ₃F₂(1, r + k + 1, a + k + 1; k + 2, a + b + r + k + 1; 1).
    [Theory]
    [InlineData(0, 4, 1e-3, 2.5, -6.8224960802751074, -0.0010895926879049252)]
    [InlineData(3, 4, 1e-3, 2.5, -8.6633921586804814, -0.00017281208738757811)]
    [InlineData(0, 4, 1e-8, 2.5, -18.33472813524666, -1.0897546881343237e-8)]
    [InlineData(10, 4, 1e-8, 2.5, -22.019663411364791, -2.735153390864496e-10)]
    [InlineData(2, 0.7, 1e-12, 1.5, -29.883820358458802, -1.0510459912622996e-13)]
    [InlineData(0, 50, 1e-20, 3, -44.94048798882796, -3.038043950697449e-20)]
    public void BetaNegativeBinomialTails_WhereMostAreZero_HaveTheReferenceValues(double k, double r, double a, double b, double logSurvival, double logCdf)
    {
        var d = new BetaNegativeBinomial(Tensor.From(r), a, b);
        SpecialAssert.Close(logSurvival, d.LogSurvival(k).ToScalar(), 1e-12);
        SpecialAssert.Close(logCdf, d.LogCdf(k).ToScalar(), 1e-10);
    }

    [Theory]
    [InlineData(0.3, 2.0)]
    [InlineData(1.5, 1.5)]
    [InlineData(1e-200, 1e100)]
    [InlineData(1e150, 3.0)]
    public void FromScales_OfAnAsymmetricLaplace_HasATwoPieceExponentialDensity(double lower, double upper)
    {
        AsymmetricLaplace d = AsymmetricLaplace.FromScales(Tensor.From(0.0), lower, upper);
        foreach (double distance in new[] { 0.0, 0.4, 7 })
        {
            SpecialAssert.Close(-distance - Math.Log(lower + upper), d.LogProb(-distance * lower).ToScalar(), 1e-13);
            SpecialAssert.Close(-distance - Math.Log(lower + upper), d.LogProb(distance * upper).ToScalar(), 1e-13);
        }

        // Below the mode lies s₁/(s₁ + s₂) of the probability; the mean is μ + s₂ − s₁.
        SpecialAssert.Close(-Special.Log1p(upper / lower), d.LogCdf(0.0).ToScalar(), 1e-13);
        SpecialAssert.Close(-Special.Log1p(lower / upper), d.LogSurvival(0.0).ToScalar(), 1e-13);
        Assert.Equal(upper - lower, d.Mean().Value.ToScalar(), 1e-14 * Math.Max(lower, upper));
    }

    [Fact]
    public void FromScales_OfAnAsymmetricLaplace_HasTheGradientsOfBothScales()
    {
        Tensor x = Tensor.From(-1.0, 0.2, 2.5);
        GradientCheck.Run(
            p => AsymmetricLaplace.FromScales(p[0], p[1], p[2]).LogProb(x), new GradientCheckOptions { Tolerance = 1e-6 },
            Tensor.From(0.3), Tensor.From(0.7), Tensor.From(1.9)).ThrowIfFailed();
        Assert.Contains("lower", Assert.Throws<ArgumentOutOfRangeException>(() => AsymmetricLaplace.FromScales(0.0, -1.0, 1.0)).Message, StringComparison.Ordinal);
    }

    // With more outcomes than can be listed, sums are taken over panels; the neighbours are told in full, and one that is not known stays alone.
    [Fact]
    public void Entropy_OfCountsBesideWideOnes_IsThatOfEachAlone()
    {
        Tensor count = Tensor.From(3, 0.01, double.NaN), probs = Tensor.From(0.4, 0.999999, 0.5), gate = Tensor.Scalar(0.3, DType.Float64);
        double[] counts = new NegativeBinomial(count, probs).Entropy().Value.ToDoubles();
        double[] hurdles = new Hurdle<NegativeBinomial>(gate, new NegativeBinomial(count, probs)).Entropy().Value.ToDoubles();
        for (int i = 0; i < 2; i++)
        {
            var alone = new NegativeBinomial(count[i], probs[i]);
            Assert.Equal(alone.Entropy().Value.ToScalar(), counts[i], 1e-9);
            Assert.Equal(new Hurdle<NegativeBinomial>(gate, alone).Entropy().Value.ToScalar(), hurdles[i], 1e-9);
        }

        Assert.Equal(double.NaN, counts[2]);

        // One failure of probability g: (−g·ln g − (1 − g)·ln(1 − g))/g.
        const double g = 1e-7;
        double geometric = new NegativeBinomial(Tensor.Scalar(1.0, DType.Float64), 1 - g).Entropy().Value.ToScalar();
        Assert.Equal(-Math.Log(g) - ((1 - g) / g * Special.Log1p(-g)), geometric, 1e-8);
    }

    [Fact]
    public void Quantile_OfCountsFarOut_IsTheFirstThatReachesTheProbability()
    {
        Tensor p = Tensor.From(1e-12, 0.01, 0.5, 0.99, 1 - 1e-9);
        foreach (Univariate d in new Univariate[]
        {
            new NegativeBinomial(Tensor.Scalar(0.02, DType.Float64), 0.9999999), new NegativeBinomial(Tensor.Scalar(1e5, DType.Float64), 0.3),
            new BetaNegativeBinomial(Tensor.Scalar(2.0, DType.Float64), 3, 0.5),
            new Truncated<Poisson>(new Poisson(Tensor.Scalar(1e7, DType.Float64)), 1.0, double.PositiveInfinity),
        })
        {
            // Rounding may decide between neighbours whose probabilities are equal to 2e-15.
            Tensor k = d.Quantile(p);
            Assert.True((bool)((d.Cdf(k) >= p - 2e-15) & (k.EqualTo(0.0) | (d.Cdf(k - 1) <= p + 2e-15))).All(), $"{d}: {k}");
        }
    }

    // mpmath 1.3, 60 digits: ln(p/q), and 1 − p/q.
    [Theory]
    [InlineData(9.379659931993349e-11, 10115546992.050514, -46.127231898578426)]
    [InlineData(1e-10, 1e6, -36.841361487904731)]
    [InlineData(1e-4, 100.0, -13.815510557964274)]
    [InlineData(3.0, 2.999999, 3.3333338893549391e-7)]
    public void PoissonKl_OfRatesFarApart_HasTheDerivativesOfTheLogRatio(double p, double q, double expected)
    {
        Tensor[] Slopes(DType type) => Gradient.ValueAndGradient(
            r => new Poisson(r[0]).Kl(new Poisson(r[1])).Value, Tensor.Scalar(p, type), Tensor.Scalar(q, type)).Gradients;
        Tensor[] doubles = Slopes(DType.Float64);
        SpecialAssert.Close(expected, doubles[0].ToScalar(), 1e-14);
        SpecialAssert.Close((q - p) / q, doubles[1].ToScalar(), 1e-14);
        if (q > 2 * p)
        {
            SpecialAssert.Close(expected, Slopes(DType.Float32)[0].ToScalar(), 2e-7);
        }
    }

    // mpmath 1.3, 80 digits: log((erfcx(u(z − 1)) − erfcx(u(z + 1)))/2) − φ(z − 1)²/(2z), with φ = λ/μ, z = x/μ, u = √(φ/(2z)), and its derivative in λ.
    [Theory]
    [InlineData(1, 1, 1e18, -500000000000000061.4, -5e17)]
    [InlineData(18450692.217479967, 29867.775749010427, 9.704004074997541e23, -42569497913089.162, -1425265084.0411275)]
    [InlineData(1, 1e-10, 3, -12.288044669977823, 4999891459.9000619)]
    [InlineData(1, 1e-10, 1e8, -21.077271970359312, 4344363304.1429739)]
    [InlineData(1, 1e-6, 1e4, -11.866930598501815, 434437.33029463688)]
    [InlineData(1, 0.02, 10, -3.9337334932022321, 8.9151227713664725)]
    [InlineData(1, 2, 50, -54.489038238265025, -24.245945912008598)]
    public void InverseGaussianLogSurvival_FarOut_HasTheReferenceValues(double loc, double concentration, double x, double expected, double slope)
    {
        Tensor LogSurvival(Tensor lambda) => new InverseGaussian(Tensor.From(loc), lambda).LogSurvival(Tensor.From(x));
        SpecialAssert.Close(expected, LogSurvival(Tensor.From(concentration)).ToScalar(), 1e-14);

        // Near the mean it is a difference quotient.
        SpecialAssert.Close(slope, Gradient.Of(LogSurvival, Tensor.From(concentration)).ToScalar(), 1e-9);
    }

    // mpmath 1.3, 60 digits: λ(x − μ)/μ³, and ½ ln(λ/(2πx³)) − λ(x − μ)²/(2μ²x).
    [Theory]
    [InlineData(1, 1e-3, 1e-12, -0.00099999999999900002, -499999962.92528452)]
    [InlineData(1, 1e-3, 1e-16, -0.00099999999999999992, -4999999999949.11)]
    [InlineData(1, 1e-3, 1e-20, -0.001, -49999999999999939.0)]
    [InlineData(4.471574472212417e-7, 7.732110464775918e-14, 1.3627556236997246e-76, -0.38670261922887528, -2.8369394814105146e62)]
    [InlineData(1.5, 2, 0.7, -0.4740740740740741, -0.44370173336580784)]
    public void InverseGaussianLogProb_FarBelowItsMean_HasTheReferenceDerivative(double loc, double concentration, double x, double expected, double log)
    {
        (Tensor value, Tensor[] gradients) = Gradient.ValueAndGradient(
            p => new InverseGaussian(p[0], p[1]).LogProb(p[2]), Tensor.From(loc), Tensor.From(concentration), Tensor.From(x));
        SpecialAssert.Close(log, value.ToScalar(), 1e-14);
        SpecialAssert.Close(expected, gradients[0].ToScalar(), 1e-14);
    }

    [Fact]
    public void InverseGaussianLogProb_Gradients_AgreeWithDifferences() => GradientCheck.Run(
        p => new InverseGaussian(p[0], p[1]).LogProb(p[2]).Sum(), new GradientCheckOptions { Tolerance = 1e-6 },
        Tensor.From(0.7, 3), Tensor.From(1.3, 0.4), Tensor.From(0.2, 5)).ThrowIfFailed();

    // mpmath 1.3, 60 digits: ln 2π + ln(e^−κ·I₀(κ)) + κ·(1 − I₁(κ)/I₀(κ)), by the asymptotic series of 30 terms from 1e6 on.
    [Theory]
    [InlineData(1e12, -12.396572024759351)]
    [InlineData(1e9, -8.9426943850185328)]
    [InlineData(1e6, -5.4888164957772768)]
    [InlineData(1000, -2.03468891852547)]
    [InlineData(60, -0.62401375138803825)]
    [InlineData(49, -0.52178917623542411)]
    public void VonMisesEntropy_OfLargeConcentrations_KeepsItsDigits(double concentration, double expected)
    {
        Tensor Entropy(Tensor k) => new VonMises(Tensor.Scalar(0, k.DType), k).Entropy().Value;
        SpecialAssert.Close(expected, Entropy(Tensor.From(concentration)).ToScalar(), concentration < 50 ? 2e-14 : 1e-15);
        if (concentration > 50)
        {
            SpecialAssert.Close(expected, Entropy(Tensor.From((float)concentration)).ToScalar(), 5e-7);
        }
    }

    // mpmath 1.3, 60 digits: 1 − besseli(1, κ)/besseli(0, κ).
    [Theory]
    [InlineData(1000, 0.0005001251251957198)]
    [InlineData(60, 0.0083686498757912276)]
    public void VonMisesCircularVariance_OfLargeConcentrations_KeepsItsDigits(double concentration, double expected) =>
        SpecialAssert.Close(expected, new VonMises(Tensor.From(0.0), concentration).CircularVariance.ToScalar(), 1e-15);

    // mpmath 1.3, 60 digits: s²·(gamma(1 + 2b) − gamma(1 + b)²) with b = 1/k for Weibull and −1/α for Fréchet.
    [Theory]
    [InlineData(false, 20692.91384908556, 26250.41798454654, 1.0220592459705044)]
    [InlineData(true, 449347.9278249583, 97283.61264932017, 35.095083512619681)]
    [InlineData(false, 1, 1000, 1.6406426814849911e-6)]
    [InlineData(false, 1, 20, 0.0036402147979539805)]
    [InlineData(false, 1, 12, 0.0094078849725881504)]
    [InlineData(true, 1, 12, 0.014608479418616744)]
    public void WeibullAndFrechetVariance_OfLargeShapes_KeepTheirDigits(bool frechet, double scale, double shape, double expected)
    {
        Univariate Create(DType type)
        {
            (Tensor s, Tensor k) = (Tensor.Scalar(scale, type), Tensor.Scalar(shape, type));
            return frechet ? new Frechet(s, k) : new Weibull(s, k);
        }

        SpecialAssert.Close(expected, Create(DType.Float64).Variance().Value.ToScalar(), 1e-14);

        // A dozen roundings of 6e-8 each.
        SpecialAssert.Close(expected, Create(DType.Float32).Variance().Value.ToScalar(), 1e-6);
    }

    // mpmath 1.3, 60 digits: (a − βx)/β and (a − 1)/x − β.
    [Fact]
    public void GammaLogProb_OfAHugeConcentration_HasTheReferenceDerivatives()
    {
        Tensor[] slopes = Gradient.ValueAndGradient(
            p => new Gamma(Tensor.From(6010388449.427788), p[0]).LogProb(p[1]), Tensor.From(2.132479527288911e-5), Tensor.From(281849768296488.0)).Gradients;
        SpecialAssert.Close(-7371984.0243772635, slopes[0].ToScalar(), 1e-14);
        SpecialAssert.Close(-5.6131339412147968e-13, slopes[1].ToScalar(), 1e-13);
    }

    // mpmath 1.3, 450 digits: k/p + 1/((1 − p)·log(1 − p)).
    [Theory]
    [InlineData(1, 3.033896389502815e-8, -0.5000000126412353)]
    [InlineData(1, 1e-200, -0.5)]
    [InlineData(1, 5e-4, -0.50020842712693035)]
    [InlineData(3, 0.3, 5.9947524970612445)]
    public void LogarithmicLogProb_OfSmallProbabilities_HasTheReferenceDerivative(double k, double probs, double expected) =>
        SpecialAssert.Close(expected, Gradient.Of(p => new Logarithmic(p).LogProb(Tensor.From(k)), Tensor.From(probs)).ToScalar(), 1e-12);

    // mpmath 1.3, 60 digits: expm1(−x/β)/β.
    [Fact]
    public void GumbelLogProb_NearItsMode_HasTheReferenceDerivative()
    {
        Tensor loc = Tensor.From(0.0), scale = Tensor.From(7.025211193975397e-9);
        Tensor slope = Gradient.Of(x => new Gumbel(loc, scale).LogProb(x), Tensor.From(-2.0931412293123556e-16));
        SpecialAssert.Close(4.2411122718785655, slope.ToScalar(), 1e-14);
    }

    [Fact]
    public void PowerLawLogTails_InFloat32_AreNeverAboveZero()
    {
        foreach ((float power, float low, float high) in new[] { (2.5f, 1f, 10f), (40f, 0.5f, 3f), (-60f, 2f, 9f), (-1f, 1f, 1e6f), (300f, 1f, 5f), (-300f, 1f, 5f) })
        {
            var d = new PowerLaw(power, low, high);
            var wide = new PowerLaw(Tensor.From((double)power), low, high);
            Tensor x = Tensor.From([.. Enumerable.Range(1, 999).Select(i => low + ((high - low) * i / 1000f))]), exactX = x.Cast(DType.Float64);
            foreach ((Tensor single, Tensor exact) in new[] { (d.LogCdf(x), wide.LogCdf(exactX)), (d.LogSurvival(x), wide.LogSurvival(exactX)) })
            {
                Assert.True((bool)(single <= 0.0).All());

                // Logits of some hundred in units of 6e-8, a few times.
                Assert.True((bool)((single.Cast(DType.Float64) - exact).Abs() <= 4e-4 * (1e-3 + exact.Abs())).All());
            }
        }
    }
}
