using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Tests.Inference;

/// <summary>Fit does the same compiled and operation by operation, whatever the options.</summary>
public class CompiledFitTests
{
    public static TheoryData<string> Cases => ["plain", "clip value", "clip norm", "both clips", "validation", "in order"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_CompiledOrNot_GivesTheSameWeightsAndLosses(string name)
    {
        (double[] eager, double[] eagerLosses) = Train(Options(name) with { Compile = false });
        (double[] compiled, double[] losses) = Train(Options(name));

        // The order of the sums of a product that is cut into tiles may differ.
        Assert.Equal(eager, compiled, Close);
        Assert.Equal(eagerLosses, losses, Close);
    }

    [Theory]
    [InlineData("clip value")]
    [InlineData("clip norm")]
    public void Fit_ClippedToAlmostNothing_HardlyMoves(string name)
    {
        // Plain gradient descent: a step is then at most the rate times the limit an element, or in norm.
        FitOptions options = Options(name) with { Epochs = 1, Optimizer = _ => new Sgd(1) };
        (double[] start, _) = Train(options with { Epochs = 0 });
        (double[] clipped, _) = Train(options);
        (double[] free, _) = Train(options with { ClipValue = null, ClipNorm = null });
        const int steps = 7;
        double limit = steps * 1e-4 * (1 + 1e-3);

        Assert.True(Distance(start, clipped) is > 0 && Distance(start, clipped) <= limit, $"It moved by {Distance(start, clipped):R}.");
        Assert.True(Distance(start, free) > 100 * limit, $"Without clipping it moved by only {Distance(start, free):R}.");
    }

    private static FitOptions Options(string name)
    {
        var options = new FitOptions { Epochs = 3, BatchSize = 16, Optimizer = _ => new Adam(0.01), Key = RandomKey.FromSeed(5), ShowProgress = false };
        return name switch
        {
            "clip value" => options with { ClipValue = 1e-4 },
            "clip norm" => options with { ClipNorm = 1e-4 },
            "both clips" => options with { ClipValue = 0.01, ClipNorm = 0.02 },
            "validation" => options with { ValidationSplit = 0.2 },
            "in order" => options with { Shuffle = false },
            _ => options,
        };
    }

    private static (double[] Weights, double[] Losses) Train(FitOptions options)
    {
        // 100 rows: the last batch of an epoch is smaller, a plan of its own.
        RandomKey key = RandomKey.FromSeed(3);
        Tensor x = key.FoldIn(1).Normal([100, 2], DType.Float64), y = x.Sum(-1).Sin() + (0.1 * key.FoldIn(2).Normal([100], DType.Float64));
        var body = new Sequential([new Dense(8, Activation.Tanh), new Dropout(0.2)]);
        var model = new Model<Mixture<Normal>>(body, new NormalMixtureHead(2), DType.Float64);
        History history = model.Fit(x, y, options);
        return ([.. model.Parameters.SelectMany(parameter => parameter.Value.ToDoubles())], [.. history.Loss, .. history.ValidationLoss]);
    }

    private static bool Close(double a, double b) => Math.Abs(a - b) <= 1e-9 * (1 + Math.Abs(a));

    private static double Distance(double[] a, double[] b) => a.Zip(b, (u, v) => Math.Abs(u - v)).Max();
}
