using ProbNet.Autodiff;
using ProbNet.Benchmarks;

namespace ProbNet.Tests.Benchmarks;

/// <summary>The workloads of the benchmarks train: what is timed is real work.</summary>
public class WorkloadTests
{
    private const int Steps = 20;

    public static TheoryData<string> Ids => [.. AllWorkloads.ById.Keys];

    [Theory]
    [InlineData("mdn-32")]
    [InlineData("mdn-256")]
    [InlineData("realnvp-256")]
    [InlineData("spline-256")]
    [InlineData("score-256")]
    [InlineData("mlp-64")]
    public void EagerStep_TwentySteps_LossesAreFiniteAndFall(string id)
    {
        ITrainingStep step = TrainingStep.Create(AllWorkloads.ById[id](), eager: true);

        double[] losses = [.. Enumerable.Range(0, Steps).Select(_ => step.Run())];

        Assert.All(losses, loss => Assert.True(double.IsFinite(loss)));
        Assert.True(losses[^1] < 0.99 * losses[0], $"{id}: the loss went from {losses[0]:R} to {losses[^1]:R}.");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Create_Twice_GivesTheSameNumbers(string id)
    {
        Workload first = AllWorkloads.ById[id](), second = AllWorkloads.ById[id]();

        Assert.Equal(id, first.Id);
        Assert.All(Numbers(first).Zip(Numbers(second)), pair => Assert.True(pair.First.AsSpan<float>().SequenceEqual(pair.Second.AsSpan<float>())));
        Assert.Equal(first.IsRandom, first.Draw(Workload.NoiseKey).Length > 0);

        static IEnumerable<Tensor> Numbers(Workload workload) => workload.Parameters.Select(parameter => parameter.Value)
            .Concat(workload.Inputs.Select(input => input.Cast(DType.Float32)));
    }

    [Fact]
    public void Operations_OfTheMlp_AreThoseOfItsProducts()
    {
        // Forward, weights' gradient and, but for the first layer, the input's gradient: 2·64·(2·784·512 + 3·512·512 + 3·512·10).
        Assert.Equal(2L * 64 * ((2 * 784 * 512) + (3 * 512 * 512) + (3 * 512 * 10)), AllWorkloads.ById["mlp-64"]().Operations);
    }

    /// <summary>Every weight takes part in a product or is a bias: the products that are counted are those of the model.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void Products_OfAWorkload_AreItsWeights(string id)
    {
        Workload workload = AllWorkloads.ById[id]();

        Shape[] weights = [.. workload.Parameters.Where(parameter => parameter.Shape.Rank == 2).Select(parameter => parameter.Shape)];

        Assert.Equal(weights, workload.Products.Select(product => Shape.Create([product.Inner, product.Columns])));
    }
}
