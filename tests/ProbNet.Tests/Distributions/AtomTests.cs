using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>Distributions of finitely many outcomes that are no whole numbers, inside of wrappers. Expected numbers are sums over the outcomes, written out.</summary>
public class AtomTests
{
    // ½ at ¼, ⅕ at ¾ and 3/10 at 5/2, which no lattice of step 1 holds.
    private static readonly Mixture<Delta> Atoms = new(Tensor.From(0.2, 0.5, 0.3).Log(), new Delta(Tensor.From(0.75, 0.25, 2.5)));

    private static Tensor Scalar(double x) => Tensor.Scalar(x, DType.Float64);

    [Fact]
    public void Mixture_OfDeltas_HasTheCrpsEntropyModeAndQuantilesOfItsOutcomes()
    {
        Close((0.2 * 0.15) + (0.5 * 0.35) + (0.3 * 1.9) - (0.2 * 0.5 * 0.5) - (0.5 * 0.3 * 2.25) - (0.2 * 0.3 * 1.75), Atoms.Crps(Scalar(0.6)));
        Close(-(0.2 * Math.Log(0.2)) - (0.5 * Math.Log(0.5)) - (0.3 * Math.Log(0.3)), Atoms.Entropy());
        Assert.Equal(0.25, Atoms.Mode.ToScalar());
        Assert.Equal([0.25, 0.25, 0.75, 2.5, 2.5], Atoms.Quantile(Tensor.From(0.0, 0.5, 0.6, 0.8, 1)).ToDoubles());
        Assert.Equal([(0.25, 0.25), (2.5, 2.5)], Atoms.HighestDensityRegion(0.75).Intervals());
    }

    [Fact]
    public void Crps_OfDeltas_HasTheGradientOfItsOutcomes()
    {
        // d/dxᵢ of Σ wᵢ|xᵢ − y| − ½ Σ wᵢwⱼ|xᵢ − xⱼ| at y = 0.6: wᵢ·(sign(xᵢ − y) − Σⱼ wⱼ sign(xᵢ − xⱼ)).
        Tensor slopes = Gradient.Of(x => new Mixture<Delta>(Tensor.From(0.2, 0.5, 0.3).Log(), new Delta(x)).Crps(Scalar(0.6)), Tensor.From(0.75, 0.25, 2.5));
        BatteryTests.AssertClose(Tensor.From(0.2 * (1 - 0.5 + 0.3), 0.5 * (-1 + 0.2 + 0.3), 0.3 * (1 - 0.2 - 0.5)), slopes, 1e-14, 0);
    }

    [Fact]
    public void PredictiveMixture_OfEmpiricals_IsTheEmpiricalOfAllPoints()
    {
        var mixture = new PredictiveMixture<Empirical>([new Empirical(Tensor.From(0.1, 0.25, 0.25, 0.7)), new Empirical(Tensor.From(0.25, 2.75, 0.1, -3.5))]);
        var all = new Empirical(Tensor.From(0.1, 0.25, 0.25, 0.7, 0.25, 2.75, 0.1, -3.5));
        Tensor y = Tensor.From(-4.0, 0.2, 0.25, 1, 9), p = Tensor.From(0.0, 0.1, 0.3, 0.55, 0.8, 1);
        BatteryTests.AssertClose(all.Crps(y), mixture.Crps(y), 1e-14, 1e-14);
        BatteryTests.AssertClose(all.Entropy(), mixture.Entropy(), 1e-14, 0);
        BatteryTests.AssertClose(all.Quantile(p), mixture.Quantile(p), 0, 0);
        Assert.Equal(0.25, mixture.Mode.ToScalar());
        BatteryTests.AssertClose(Scores.Pit(all, y), Scores.Pit(mixture, y), 1e-14, 0);
    }

    [Fact]
    public void PredictiveMixture_OfAPointAndCounts_ListsTheOutcomesOfBoth()
    {
        // ½ at ½, ½ a Bernoulli(½): CRPS at 0 is ½·½ + ¼·1 − (½·¼·½ + ½·¼·½ + ¼·¼·1).
        var mixture = new PredictiveMixture<Univariate>([new Delta(Scalar(0.5)), Bernoulli.FromProbs(Scalar(0.5))]);
        Close(0.25 + 0.25 - 0.0625 - 0.0625 - 0.0625, mixture.Crps(Scalar(0)));
        Close(1.5 * Math.Log(2), mixture.Entropy());
        Assert.Equal([0, 0.5, 1], mixture.Quantile(Tensor.From(0.2, 0.5, 0.8)).ToDoubles());
    }

    [Fact]
    public void Truncated_AtAnOutcome_IncludesItAndNoneBelow()
    {
        var truncated = new Truncated<Mixture<Delta>>(Atoms, Tensor.From(0.25, 0.3), 2);
        BatteryTests.AssertClose(Tensor.From(5.0 / 7, 0), truncated.LogProb(0.25).Exp(), 1e-14, 0);
        BatteryTests.AssertClose(Tensor.From(2.0 / 7, 1), truncated.LogProb(0.75).Exp(), 1e-14, 0);
        BatteryTests.AssertClose(Tensor.From(((5 * 0.25) + (2 * 0.75)) / 7, 0.75), truncated.Mean().Value, 1e-14, 0);
        Assert.Equal([0.25, 0.75], truncated.Mode.ToDoubles());
        Assert.Equal([0.25, 0.75], truncated.Quantile(0).ToDoubles());
    }

    [Fact]
    public void Censored_BetweenOutcomes_GathersThemAtItsBounds()
    {
        // ½ at 0.5, 1/5 at 0.75, 3/10 at 2.25.
        var censored = new Censored<Mixture<Delta>>(Atoms, 0.5, 2.25);
        BatteryTests.AssertClose(Tensor.From(0.5, 0.2, 0.3, 0), censored.LogProb(Tensor.From(0.5, 0.75, 2.25, 1)).Exp(), 1e-14, 0);
        Close((0.5 * 0.5) + (0.2 * 0.75) + (0.3 * 2.25), censored.Mean().Value);
        Close(Atoms.Entropy().Value.ToScalar(), censored.Entropy());
        Assert.Equal(0.5, censored.Mode.ToScalar());
        Close((0.2 * 0.25) + (0.3 * 1.75) - (0.5 * 0.2 * 0.25) - (0.5 * 0.3 * 1.75) - (0.2 * 0.3 * 1.5), censored.Crps(Scalar(0.5)));
    }

    [Fact]
    public void Censored_CountsAtABoundThatIsNone_HaveTheirMassThere()
    {
        var counts = new Poisson(Scalar(3));
        var censored = new Censored<Poisson>(counts, double.NegativeInfinity, 2.5);
        Close(counts.Survival(2).ToScalar(), censored.LogProb(2.5).Exp());
        double[] masses = counts.LogProb(Tensor.From(0.0, 1, 2)).Exp().ToDoubles();
        Close(masses[1] + (2 * masses[2]) + (2.5 * counts.Survival(2).ToScalar()), censored.Mean().Value);
        Close(-masses.Append(counts.Survival(2).ToScalar()).Sum(m => m * Math.Log(m)), censored.Entropy());
    }

    [Fact]
    public void ZeroInflated_OfPointsThatAreNoCounts_IsRefused() =>
        Assert.Contains("counts", Assert.Throws<ArgumentException>(() => new ZeroInflated<Delta>(Scalar(0.5), new Delta(Scalar(0)))).Message, StringComparison.Ordinal);

    private static void Close(double expected, Tensor actual) => Assert.Equal(expected, actual.ToScalar(), 1e-13);
}
