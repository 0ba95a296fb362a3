using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>Closed forms of the CRPS between bounds.</summary>
public class BoundedCrpsTests
{
    // ∫ (F(x) − 1{y ≤ x})² dx by mpmath at 40 digits: tests/oracles/bounded_crps.py.
    [Theory]
    [MemberData(nameof(BoundedCrpsReferences.All), MemberType = typeof(BoundedCrpsReferences))]
    public void Crps_BetweenBounds_IsTheIntegral(string source, double df, double low, double high, double y, double truncated, double censored)
    {
        Univariate d = Source(source, df);
        Tensor at = Tensor.Scalar(y, DType.Float64);
        Univariate cut = Cut(d, low, high), kept = Kept(d, low, high);
        Assert.Equal(truncated, cut.Crps(at).ToScalar(), (1e-9 * truncated) + 1e-14);
        Assert.Equal(censored, kept.Crps(at).ToScalar(), (1e-9 * censored) + 1e-14);
        Assert.Equal(Evidence.Exact, kept.CrpsEvidence);
    }

    // One element that is so far out that the closed form would lose its digits does not take the others with it.
    [Fact]
    public void Crps_OfABatch_IsNumericWhereItMustBe()
    {
        Tensor low = Tensor.From(-1.0, 50, 0.5), high = Tensor.From(2.0, 51, 0.5001), y = Tensor.From(0.3, 50.01, 0.50002);
        var batch = new TruncatedNormal(Tensor.Zeros([3], DType.Float64), Tensor.Ones([3], DType.Float64), low, high);
        Assert.Equal(Evidence.Numeric, batch.CrpsEvidence);
        Tensor scores = batch.Crps(y);
        Assert.Equal(new TruncatedNormal(Scalar(0), 1, -1, 2).Crps(Scalar(0.3)).ToScalar(), scores[0].ToScalar());
        Assert.Equal(Evidence.Exact, new TruncatedNormal(Scalar(0), 1, -1, 2).CrpsEvidence);

        // Close together the density is flat: with t from 0 to 1 and y at 0.2, ∫₀^t s² + ∫_t¹ (1 − s)² = (0.008 + 0.512)/3, and the slope is 0.5·1e-4.
        Assert.Equal(1e-4 * 0.52 / 3, scores[2].ToScalar(), 1e-8);

        GradientCheck.Run(p => new TruncatedNormal(p[0], p[1], low, high).Crps(y), new GradientCheckOptions { Tolerance = 1e-5, Order = 1 },
            [Tensor.Zeros([3], DType.Float64), Tensor.Ones([3], DType.Float64)]).ThrowIfFailed();
    }

    [Theory]
    [InlineData("Normal", 0)]
    [InlineData("Logistic", 0)]
    [InlineData("StudentT", 3.5)]
    public void Crps_BetweenBounds_HasTheRightGradient(string source, double df)
    {
        var options = new GradientCheckOptions { Tolerance = 1e-6, Order = 1 };
        Tensor y = Tensor.From(-2.0, -0.7, 0.4, 1.3, 4);
        Tensor[] parameters = [Scalar(0.3), Scalar(1.2), Scalar(-1.5), Scalar(2.5), .. df > 0 ? new[] { Scalar(df) } : []];
        GradientCheck.Run(p => Cut(Source(source, p), p[2], p[3]).Crps(y), options, parameters).ThrowIfFailed();
        GradientCheck.Run(p => Kept(Source(source, p), p[2], p[3]).Crps(y), options, parameters).ThrowIfFailed();
    }

    private static Univariate Source(string name, Tensor[] p) => name switch
    {
        "Normal" => new Normal(p[0], p[1]),
        "Logistic" => new Logistic(p[0], p[1]),
        _ => new StudentT(p[4], p[0], p[1]),
    };

    private static Univariate Source(string name, double df) => Source(name, [Scalar(0), Scalar(1), Scalar(0), Scalar(0), Scalar(df)]);

    private static Univariate Cut(Univariate source, Tensor low, Tensor high) => source switch
    {
        Normal normal => new Truncated<Normal>(normal, low, high),
        Logistic logistic => new Truncated<Logistic>(logistic, low, high),
        _ => new Truncated<StudentT>((StudentT)source, low, high),
    };

    private static Univariate Kept(Univariate source, Tensor low, Tensor high) => source switch
    {
        Normal normal => new Censored<Normal>(normal, low, high),
        Logistic logistic => new Censored<Logistic>(logistic, low, high),
        _ => new Censored<StudentT>((StudentT)source, low, high),
    };

    private static Tensor Scalar(double value) => Tensor.Scalar(value, DType.Float64);
}
