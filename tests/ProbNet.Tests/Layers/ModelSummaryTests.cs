using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

public class ModelSummaryTests
{
    // Parameters: 3·4 + 4 = 16, 4·4 + 4 = 20, 4·1 + 1 = 5.
    private const string Expected = """
         Layer (type)                  Output shape   Param #
        ─────────────────────────────────────────────────────
         body.0 (Dense)                [n, 4]              16
         body.1 (Dense)                [n, 4]              20
         head (MeanSquaredErrorHead)   [n]                  5
        ─────────────────────────────────────────────────────
         Total params: 41 (164 bytes)
         Trainable params: 41 (164 bytes)
         State, not trained by gradients: 1 (4 bytes)

        """;

    [Fact]
    public void Summary_OfABuiltModel_CountsEachLayerAndTheHead()
    {
        Model<Normal> model = Create().Build(3, RandomKey.FromSeed(1));

        Assert.Equal(Lines(Expected), Lines(model.Summary()));
    }

    [Fact]
    public void Summary_BeforeBuild_NeedsTheFeaturesAndLeavesTheModelAsItIs()
    {
        Model<Normal> model = Create();

        Assert.Equal(
            "Model.Summary: the shapes are not known before the model is built; pass the number of features: Summary(features: 3).",
            Assert.Throws<InvalidOperationException>(() => model.Summary()).Message);
        Assert.Equal(Lines(Expected), Lines(model.Summary(features: 3)));
        Assert.False(model.IsBuilt);
        Assert.Empty(model.Parameters);
    }

    [Fact]
    public void Summary_OfAHugeModel_AllocatesNoWeights()
    {
        Model<Normal> model = Model.Sequential([new Dense(40_000), new Dense(50_000)], head: new NormalHead());
        long before = GC.GetAllocatedBytesForCurrentThread();

        string summary = model.Summary(features: 10);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);

        // 10·40,000 + 40,000, 40,000·50,000 + 50,000, 50,000·2 + 2.
        Assert.Contains("Total params: 2,000,590,002 ", summary, StringComparison.Ordinal);
    }

    private static Model<Normal> Create() => Model.Sequential([new Dense(4, Activation.Tanh), new Dense(4, Activation.Tanh)], head: new MeanSquaredErrorHead());

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');
}
