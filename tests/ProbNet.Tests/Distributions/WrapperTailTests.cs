using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>Truncation, censoring and their like: far tails against 40-digit values, identities, gaps in the data, errors.</summary>
public class WrapperTailTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(31);

    // mpmath 1.2, 60 digits, from erfc.
    [Fact]
    public void TruncatedNormal_ThirtySigmasOut_HasTheReferenceValues()
    {
        var d = new Truncated<Normal>(new Normal(Tensor.Scalar(0, DType.Float64), 1), 30.0, 40.0);
        Assert.Equal(3.102255423138477454122941, d.LogProb(30.01).ToScalar(), 1e-11);
        Assert.Equal(-15.1414933665689172793, d.LogSurvival(30.5).ToScalar(), 1e-11);
        Assert.Equal(-3.520412521541579096418, d.LogCdf(30.001).ToScalar(), 1e-9);
        Assert.Equal(30.033259667433677037, d.Mean().Value.ToScalar(), 1e-8);

        // The same on the other side, and the draws stay inside.
        var mirrored = new Truncated<Normal>(new Normal(Tensor.Scalar(0, DType.Float64), 1), -40.0, -30.0);
        Assert.Equal(d.LogCdf(30.001).ToScalar(), mirrored.LogSurvival(-30.001).ToScalar(), 1e-9);
        Assert.True((bool)d.Support.Contains(d.Sample(Key, 1000)).All());
    }

    [Fact]
    public void TruncatedNormal_ToAShortInterval_IsUniformUpToTheSlope()
    {
        // ln P(5 < X ≤ 5 + 1e-6) at the rounded bound, mpmath, 60 digits: a difference of distribution functions keeps ten digits less.
        var d = new Truncated<Normal>(new Normal(Tensor.Scalar(0, DType.Float64), 1), 5.0, 5.0 + 1e-6);
        double log = new Normal(Tensor.Scalar(0, DType.Float64), 1).LogProb(5.0).ToScalar();
        Assert.Equal(log + 27.23445159102829422816, d.LogProb(5.0).ToScalar(), 1e-9);
    }

    [Fact]
    public void Truncated_WithoutBounds_IsTheSource()
    {
        var source = new StudentT(Tensor.From(3.0, 9), 0.5, 2);
        var d = new Truncated<StudentT>(source, double.NegativeInfinity, double.PositiveInfinity);
        Tensor x = Tensor.From(-30.0, 0.2, 1e6).Reshape(3, 1);
        BatteryTests.AssertClose(source.LogProb(x), d.LogProb(x), 1e-14, 1e-14);
        BatteryTests.AssertClose(source.LogCdf(x), d.LogCdf(x), 1e-13, 1e-13);
        BatteryTests.AssertClose(source.LogSurvival(x), d.LogSurvival(x), 1e-13, 1e-13);
    }

    [Fact]
    public void Censored_AtItsBounds_HasTheProbabilityBeyond()
    {
        var source = new Normal(Tensor.Scalar(0, DType.Float64), 1);
        var d = new Censored<Normal>(source, -1.0, 0.5);
        Assert.Equal(Measure.Mixed, d.Measure);
        Assert.Equal(source.LogCdf(-1).ToScalar(), d.LogProb(-1.0).ToScalar(), 1e-15);
        Assert.Equal(source.LogSurvival(0.5).ToScalar(), d.LogProb(0.5).ToScalar(), 1e-15);
        Assert.Equal(source.LogProb(0.3).ToScalar(), d.LogProb(0.3).ToScalar(), 1e-15);
        Assert.Equal(double.NegativeInfinity, d.LogProb(0.6).ToScalar());

        // E[min(max(X, a), b)] = b·S(b) + a·F(a) + φ(a) − φ(b).
        double density(double x) => Math.Exp(source.LogProb(x).ToScalar());
        double mean = (0.5 * source.Survival(0.5).ToScalar()) - source.Cdf(-1).ToScalar() + density(-1) - density(0.5);
        Assert.Equal(mean, d.Mean().Value.ToScalar(), 1e-8);
        Tensor draws = d.Sample(Key, 20_000);
        Assert.Equal(mean, draws.Mean().ToScalar(), 4.9 * draws.Std().ToScalar() / Math.Sqrt(20_000));
        Assert.Equal(d.Entropy().Value.ToScalar(), -d.LogProb(draws).Mean().ToScalar(), 4.9 * d.LogProb(draws).Std().ToScalar() / Math.Sqrt(20_000));

        // Far beyond a bound the logarithm is that of the tail.
        var far = new Censored<Normal>(new Normal(Tensor.Scalar(-50, DType.Float64), 1), 0.0, 1.0);
        Assert.Equal(new Normal(Tensor.Scalar(-50, DType.Float64), 1).LogSurvival(1.0).ToScalar(), far.LogProb(1.0).ToScalar(), 1e-9);
    }

    [Fact]
    public void Quantized_FarFromItsCell_KeepsItsDigits()
    {
        var d = new Quantized<Logistic>(new Logistic(Tensor.Scalar(0, DType.Float64), 0.5), 0, 255);

        // ln(F(200.5) − F(199.5)) = −2·199.5 + ln(1 − e⁻²) up to e⁻³⁹⁹.
        Assert.Equal(-399 + Math.Log(1 - Math.Exp(-2)), d.LogProb(200.0).ToScalar(), 1e-11);
        Assert.Equal(1, d.LogProb(Tensor.Arange(256, DType.Float64)).Exp().Sum().ToScalar(), 1e-14);
    }

    [Fact]
    public void Masked_WhereNothingWasObserved_CountsNothing()
    {
        var source = new Normal(Tensor.From(0.0, 1, 2), 1.0);
        var d = new Masked<Normal>(source, Tensor.From(true, false, true));
        Tensor x = Tensor.From(0.5, double.NaN, 1), log = d.LogProb(x);
        BatteryTests.AssertClose(Tensor.From(source.LogProb(x)[0].ToScalar(), 0, source.LogProb(x)[2].ToScalar()), log, 1e-15, 0);
        Tensor gradient = Gradient.Of(loc => new Masked<Normal>(new Normal(loc, 1.0), d.Mask).LogProb(x).Sum(), source.Loc);
        BatteryTests.AssertClose(Tensor.From(0.5, 0, -1), gradient, 1e-15, 0);
        Assert.True(double.IsNaN(d.LogProb(double.NaN)[0].ToScalar()));
    }

    [Fact]
    public void Conditional_OfAContext_IsTheDistributionThere()
    {
        var d = new Conditional<Normal>(c => new Normal(c[TensorIndex.Ellipsis, 0], c[TensorIndex.Ellipsis, 1].Exp()));
        Tensor context = Tensor.From(1.0, 0, -2, 1).Reshape(2, 2), x = Tensor.From(0.3, 0.7);
        BatteryTests.AssertClose(new Normal(Tensor.From(1.0, -2), Tensor.From(1, Math.E)).LogProb(x), d.LogProb(x, context), 1e-14, 0);
        Assert.Equal<Shape>([5, 2], d.Sample(Key, context, [5]).Shape);
        BatteryTests.AssertClose(d.Given(2 * context).Loc, d.After(c => 2 * c).Given(context).Loc, 0, 0);
    }

    [Fact]
    public void Errors_OfBounds_NameTheRule()
    {
        var normal = new Normal(Tensor.Scalar(0, DType.Float64), 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Truncated<Normal>(normal, 2.0, 1.0));
        Assert.Contains("no probability", Assert.Throws<ArgumentException>(
            () => new Truncated<Gamma>(new Gamma(Tensor.Scalar(2, DType.Float64), 1), -3.0, -1.0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Censored<Normal>(normal, 1.0, 1.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Quantized<Normal>(normal, 0.5, 3));
        Assert.Throws<ArgumentException>(() => new Quantized<Poisson>(new Poisson(3.0)));
        Assert.Throws<ArgumentException>(() => new Folded<Poisson>(new Poisson(3.0)));
        Assert.Throws<DTypeException>(() => new Masked<Normal>(normal, Tensor.From(1.0)));
    }

    // Far above the mean the mass is that of the lower end of the cell, exp(−β·(y − ½)) times powers, whose logarithms change by α/β alone. Found by the fuzz: NaN.
    [Fact]
    public void LogProb_OfAQuantizedGammaFarOut_HasTheDerivativeOfItsTail()
    {
        double rate = 153867686.81188428, y = 56229779382;
        Tensor[] gradients = Gradient.ValueAndGradient(
            x => new Quantized<Gamma>(new Gamma(x[0], x[1])).LogProb(y), [Tensor.Scalar(948.2903919181948, DType.Float64), Tensor.Scalar(rate, DType.Float64)]).Gradients;
        Assert.Equal(-(y - 0.5), gradients[1].ToScalar(), 1e-6 * y);
        Assert.True(double.IsFinite(gradients[0].ToScalar()));

        // The same tails from the other side: of a Gamma of so large a shape that its lower tail is as far.
        Tensor slope = Gradient.ValueAndGradient(x => new Gamma(Tensor.Scalar(1e18, DType.Float64), 1).LogCdf(x[0]), [Tensor.Scalar(5e17, DType.Float64)]).Gradients[0];
        Assert.Equal(1, slope.ToScalar(), 1e-8);
    }
}
