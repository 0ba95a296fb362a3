using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

public class ClosedFormTests
{
    [Fact]
    public void LogProb_StandardNormalAtZero_IsMinusHalfLogTwoPi() =>
        Assert.Equal(-0.5 * Math.Log(2 * Math.PI), new Normal(Tensor.Scalar(0, DType.Float64), 1).LogProb(0).ToScalar(), 15);

    // Gneiting and Raftery (2007), equation 21, with z = (0.3 + 0.2)/1.5 and Φ(1/3) from a table.
    [Fact]
    public void Crps_Normal_IsTheClosedForm()
    {
        const double z = 1.0 / 3, cdf = 0.63055865981823644;
        double density = Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
        double expected = 1.5 * ((z * ((2 * cdf) - 1)) + (2 * density) - (1 / Math.Sqrt(Math.PI)));
        Assert.Equal(expected, new Normal(Tensor.Scalar(-0.2, DType.Float64), 1.5).Crps(0.3).ToScalar(), 13);
    }

    [Fact]
    public void AffineTransform_MixtureOfNormals_KeepsTheTypeAndMovesTheMean()
    {
        var mixture = new Mixture<Normal>(Tensor.From(0.0, 1.0), new Normal(Tensor.From(-1.0, 2.0), Tensor.From(0.5, 1.0)));
        Mixture<Normal> moved = mixture.AffineTransform(3, 2);
        Assert.Equal(3 + (2 * mixture.Mean().Value.ToScalar()), moved.Mean().Value.ToScalar(), 12);
        Assert.Equal(4 * mixture.Variance().Value.ToScalar(), moved.Variance().Value.ToScalar(), 12);
    }

    // ∫(F − 1{y ≤ x})² dx by mpmath 1.2.1, 25 digits, with the tails in log x.
    [Theory]
    [InlineData(1, 0.3, 0.4695041350698779)]
    [InlineData(0.75, -1.5, 1.166431374028966)]
    [InlineData(0.9999, 2, 1.338654234959289)]
    [InlineData(3, 0.5, 0.3651206352219294)]
    public void StudentTCrps_HeavyTailsToo_MatchesQuadrature(double df, double y, double expected)
    {
        var p = new StudentT(Tensor.Scalar(df, DType.Float64), 0, 1);
        Assert.Equal(expected, p.Crps(y).ToScalar(), 1e-8 * expected);
        Assert.Equal(expected, new StudentT(df, 0, 1).Crps((float)y).ToScalar(), 1e-6 * expected);
        Assert.Equal(double.PositiveInfinity, new StudentT(Tensor.Scalar(0.5, DType.Float64), 0, 1).Crps(y).ToScalar());
    }
}
