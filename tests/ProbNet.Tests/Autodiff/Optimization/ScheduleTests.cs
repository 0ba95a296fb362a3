using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class ScheduleTests
{
    private static double[] Rates(Schedule schedule, int count) => [.. Enumerable.Range(0, count).Select(i => schedule.At(i))];

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-12 * Math.Max(1e-3, Math.Abs(expected[i])));
        }
    }

    [Fact]
    public void At_EachClosedForm_MatchesItsFormula()
    {
        AssertClose([0.2, 0.2, 0.2], Rates(0.2, 3));
        AssertClose([1, 1, 0.1, 0.1, 0.01], Rates(new StepDecay(1, 2), 5));
        AssertClose([2, 1.8, 1.62], Rates(new ExponentialDecay(2, 0.9), 3));
        // (1 − t/4)² of 0.8, then the end rate.
        AssertClose([0.8, 0.45, 0.2, 0.05, 0, 0], Rates(new PolynomialDecay(0.8, 4, power: 2), 6));
        // ½(1 + cos(π·t/4)); after tMax the cosine rises again, as in PyTorch.
        double c = Math.Sqrt(0.5);
        AssertClose([1, (1 + c) / 2, 0.5, (1 - c) / 2, 0, (1 - c) / 2], Rates(new CosineAnnealing(1, 4), 6));
    }

    [Fact]
    public void At_LinearWarmup_RisesAndHandsOver()
    {
        AssertClose([0.5, 0.625, 0.75, 0.875, 1, 1, 0.5], Rates(new LinearWarmup(new StepDecay(1, 2, 0.5), 4, startFactor: 0.5), 7));
        AssertClose([1, 1], Rates(new LinearWarmup(1, 0), 2));
    }

    [Fact]
    public void At_OneCycle_MatchesPyTorchsFormula()
    {
        // torch.optim.lr_scheduler.OneCycleLR(max_lr=1, total_steps=10): the peak is at 0.3·10 − 1 = 2, the end at 9; cosines between 1/25, 1 and 1/(25e4).
        double[] rates = Rates(new OneCycle(1, 10), 12);
        Assert.Equal(0.04, rates[0], 1e-15);
        Assert.Equal(0.52, rates[1], 1e-15);
        Assert.Equal(1, rates[2], 1e-15);
        Assert.Equal(4e-6 + ((1 - 4e-6) / 2 * (1 + Math.Cos(Math.PI * 3 / 7))), rates[5], 1e-15);
        AssertClose([4e-6, 4e-6, 4e-6], rates[9..]);
        Assert.All(Rates(new OneCycle(1, 1), 3), rate => Assert.True(double.IsFinite(rate)));
        Assert.All(Rates(new OneCycle(1, 10, increasingPart: 0.1), 12), rate => Assert.True(double.IsFinite(rate)));
    }

    [Fact]
    public void Report_PlateauLongerThanPatience_LowersTheRate()
    {
        var schedule = new ReduceOnPlateau(1, factor: 0.5, patience: 1, minRate: 0.3);
        double[] metrics = [5, 4, 4, 4, 4, 4, 4, double.NaN, double.NaN];
        var rates = new List<double>();
        foreach (double metric in metrics)
        {
            schedule.Report(metric);
            rates.Add(schedule.At(0));
        }

        // Two reports without improvement after 4, then again two; never below 0.3.
        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.3, 0.3, 0.3, 0.3], rates);
    }

    [Fact]
    public void Report_NegativeMetricThatGetsWorse_IsNoImprovement()
    {
        // PyTorch's relative rule, metric < best·(1 − threshold), would take −9.9995 for an improvement on −10.
        var schedule = new ReduceOnPlateau(1, factor: 0.5, patience: 0);
        schedule.Report(-10);
        schedule.Report(-9.9995);
        Assert.Equal(0.5, schedule.At(0));
        schedule.Report(-11);
        Assert.Equal(0.5, schedule.At(0));
    }

    [Fact]
    public void Report_Cooldown_DelaysTheNextReduction()
    {
        var schedule = new ReduceOnPlateau(1, factor: 0.5, patience: 0, cooldown: 2);
        double[] rates = new double[6];
        for (int i = 0; i < rates.Length; i++)
        {
            schedule.Report(1);
            rates[i] = schedule.At(0);
        }

        Assert.Equal([1, 0.5, 0.5, 0.5, 0.25, 0.25], rates);
    }

    [Fact]
    public void PerEpoch_AdvancesOnceAnEpoch() =>
        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.5, 0.25], Rates(new ExponentialDecay(1, 0.5).PerEpoch(3), 7));

    [Fact]
    public void ImportState_OfAWrappedPlateau_Resumes()
    {
        Schedule Create() => new LinearWarmup(new ReduceOnPlateau(1, factor: 0.5, patience: 0), 2).PerEpoch(2);
        Schedule first = Create(), second = Create();
        first.Report(1);
        first.Report(2);
        second.ImportState(first.ExportState());
        Assert.Equal(Rates(first, 8), Rates(second, 8));
        Assert.Throws<ArgumentException>(() => new ConstantRate(1).ImportState([1.0]));
    }

    [Fact]
    public void Constructors_NumbersOutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantRate(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepDecay(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialDecay(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineAnnealing(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PolynomialDecay(1, 10, endRate: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearWarmup(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycle(1, 10, increasingPart: 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceOnPlateau(1, factor: 1));
    }
}
