using FsCheck;
using FsCheck.Fluent;
using ProbNet.Charts;

namespace ProbNet.Tests.Charts;

public class TicksTests
{
    [Theory]
    [InlineData(0, 10, 5, "0 2 4 6 8 10")]
    [InlineData(0, 1, 5, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-150, 80, 8, "−150 −100 −50 0 50")]
    [InlineData(0.9, 3.2, 3, "1 2 3")]
    [InlineData(0, 0.0034, 4, "0.000 0.001 0.002 0.003")]
    [InlineData(0, 30000, 3, "0 10,000 20,000 30,000")]
    [InlineData(0, 2.5e7, 3, "0 1×10⁷ 2×10⁷")]
    [InlineData(-3e-8, 3e-8, 3, "−2×10⁻⁸ 0 2×10⁻⁸")]
    public void Choose_LinearAxis_StepsByOneTwoOrFiveWithSharedDecimals(double low, double high, int most, string expected)
    {
        Tick[] ticks = Ticks.Choose(new Axis(low, high, AxisScale.Linear), most);

        Assert.Equal(expected.Split(' '), ticks.Select(t => t.Label));
    }

    [Theory]
    [InlineData(0.01, 100, 5, "0.01 0.1 1 10 100")]
    [InlineData(1, 100, 8, "1 2 5 10 20 50 100")]
    [InlineData(1e-8, 1, 3, "10⁻⁶ 10⁻³ 10⁰")]
    [InlineData(3, 7, 5, "3 4 5 6 7")]
    public void Choose_LogAxis_TakesDecadesAndTheirOneTwoFive(double low, double high, int most, string expected)
    {
        Tick[] ticks = Ticks.Choose(new Axis(low, high, AxisScale.Log), most);

        Assert.Equal(expected.Split(' '), ticks.Select(t => t.Label));
    }

    [Fact]
    public void Choose_AnyRange_GivesRisingTicksInsideWithDistinctLabels() =>
        Prop.ForAll(
            Gen.Choose(-1_000_000, 1_000_000).Two().Select(p => (Math.Min(p.Item1, p.Item2) * 1e-3, (Math.Max(p.Item1, p.Item2) * 1e-3) + 1e-3)).ToArbitrary(),
            Gen.Choose(2, 10).ToArbitrary(),
            Gen.Choose(-100, 100).ToArbitrary(),
            (range, most, exponent) =>
            {
                Axis axis = new(range.Item1 * Math.Pow(10, exponent), range.Item2 * Math.Pow(10, exponent), AxisScale.Linear);
                Tick[] ticks = Ticks.Choose(axis, most);
                return ticks.Length >= 2
                    && ticks.Length <= Math.Max(most + 1, 5)
                    && ticks.All(t => axis.Position(t.Value) is > -1e-6 and < 1 + 1e-6)
                    && ticks.Zip(ticks.Skip(1)).All(p => p.First.Value < p.Second.Value)
                    && ticks.Select(t => t.Label).Distinct().Count() == ticks.Length;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void ChooseForWidth_NarrowAxisWithLongLabels_KeepsLabelsApart()
    {
        const double FontSize = 11;
        Axis axis = new(0, 900_000, AxisScale.Linear);
        for (double width = 20; width < 400; width += 7)
        {
            Tick[] ticks = Ticks.ChooseForWidth(axis, width, FontSize);

            Assert.NotEmpty(ticks);
            for (int i = 1; i < ticks.Length; i++)
            {
                double gap = (axis.Position(ticks[i].Value) - axis.Position(ticks[i - 1].Value)) * width;
                double labels = (TextMetrics.Width(ticks[i].Label, FontSize) + TextMetrics.Width(ticks[i - 1].Label, FontSize)) / 2;
                Assert.True(gap > labels, $"At width {width}, {ticks[i - 1].Label} touches {ticks[i].Label}.");
            }
        }
    }
}
