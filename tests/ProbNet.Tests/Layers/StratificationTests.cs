using ProbNet.Autodiff;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

public class StratificationTests
{
    private static readonly RandomKey s_key = RandomKey.FromSeed(61);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(2000)]
    public void Stratified_AnyNumber_HasOneInEachInterval(int n)
    {
        double[] numbers = s_key.Stratified(n, DType.Float64).ToDoubles();

        Assert.Equal(Enumerable.Range(0, n), numbers.Select(u => (int)(u * n)).Order());
        Assert.All(numbers, u => Assert.InRange(u, double.Epsilon, 1 - 1e-16));
    }

    [Fact]
    public void Stratified_HalfOfTheRows_IsSpreadEvenlyToo()
    {
        // Of 1,000 numbers in even intervals the mean is within a thousandth of ½; along a golden section those of 1,000 rows in a row are nearly that.
        Tensor numbers = s_key.Stratified(2000, DType.Float64);

        Assert.Equal(0.5, numbers[..1000].Mean().ToScalar(), 5e-3);
        Assert.Equal(0.5, numbers[1000..].Mean().ToScalar(), 5e-3);
    }

    [Fact]
    public void Stratified_OneRowUnderManyKeys_IsUniform()
    {
        // The mean of 3,000 uniform numbers; 5.3 standard errors are exceeded once in 10⁷.
        const int Keys = 3000;
        double[][] rows = [.. Enumerable.Range(0, Keys).Select(i => s_key.FoldIn((ulong)i).Stratified(8, DType.Float64).ToDoubles())];
        foreach (int row in (int[])[0, 3, 7])
        {
            Assert.Equal(0.5, rows.Average(numbers => numbers[row]), 5.3 / Math.Sqrt(12 * Keys));
            Assert.Equal(1.0 / 3, rows.Average(numbers => numbers[row] * numbers[row]), 5.3 * Math.Sqrt(4.0 / 45 / Keys));
        }
    }

    [Fact]
    public void Stratified_InFloat32_IsNever0Or1()
    {
        // 2 million numbers, of which one in 65,536 of the last intervals would round to 1.
        for (ulong i = 0; i < 2000; i++)
        {
            float[] numbers = s_key.FoldIn(i).Stratified(1000, DType.Float32).ToArray<float>();
            Assert.True(numbers.Max() < 1 && numbers.Min() > 0);
        }
    }
}
