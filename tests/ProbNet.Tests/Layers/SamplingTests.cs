using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

/// <summary>Draws and densities of all heads whose predictions are this library's own distributions; those of the families have a battery of their own.</summary>
public class SamplingTests
{
    private static readonly RandomKey s_key = RandomKey.FromSeed(29);

    // Predict single families, or have no density.
    private static readonly string[] s_elsewhere = ["VaeHead", "GanHead", "StochasticDiffusionHead", "HutchinsonFlowHead", "DistributionHead`1"];

    [Fact]
    public void Table_EveryHead_IsInItOrAFamily()
    {
        IEnumerable<Type> heads = typeof(FlowHead).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IHead)) && type is { IsAbstract: false, IsClass: true });
        IEnumerable<Type> covered = SamplingCase.All.Values.Select(row => row.Head).Concat(HeadCase.All.Values.Select(row => row.Create().GetType()));
        Assert.Empty(heads.Except(covered).Select(type => type.Name).Except(s_elsewhere));
    }

    [Theory]
    [MemberData(nameof(SamplingCase.Names), MemberType = typeof(SamplingCase))]
    public void Samples_OfAnyPrediction_FollowItsDensity(string name)
    {
        SamplingCase row = SamplingCase.All[name];
        Distribution p = row.Predict(DType.Float64);
        int dimension = p.EventShape.Size;
        Tensor draws = row.Draw(p, s_key, dimension == 1 ? 20_000 : 10_000);
        switch (dimension)
        {
            case 1:
                SampleCheck.OnTheLine(p, draws);
                break;
            case 2:
                SampleCheck.InThePlane(p, draws, fine: row.Fine);
                break;
            default:
                SampleCheck.InSpace(p, draws);
                break;
        }
    }

    [Theory]
    [MemberData(nameof(SamplingCase.Names), MemberType = typeof(SamplingCase))]
    public void LogProb_FarAway_IsNotNaN(string name)
    {
        foreach (DType dtype in new[] { DType.Float32, DType.Float64 })
        {
            Distribution p = SamplingCase.All[name].Predict(dtype);
            Tensor one = Tensor.Ones(p.EventShape, dtype);
            Tensor far = Tensor.Stack([1e6 * one, -1e6 * one]);
            Assert.False((bool)p.LogProb(far).IsNaN().Any(), $"{name} {dtype}: {p.LogProb(far)}");
            Tensor gradient = Gradient.Of(y => p.LogProb(y).Sum(), far);
            Assert.False((bool)gradient.IsNaN().Any(), $"{name} {dtype}, gradient: {gradient}");
        }
    }
}
