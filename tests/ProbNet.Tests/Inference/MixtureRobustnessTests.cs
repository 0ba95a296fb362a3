using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Tests.Inference;

/// <summary>Data on which the likelihood of a mixture has no upper bound (Bishop 2006, 9.2.1): only the stated floor under the scales bounds it.</summary>
public class MixtureRobustnessTests
{
    private const double Floor = 0.01;

    [Theory]
    [InlineData("normal")]
    [InlineData("student_t")]
    [InlineData("logistic")]
    public void Fit_TiedTargetsOnePointClustersAndAConstantFeature_StaysBelowTheDensityOfTheFloor(string family)
    {
        // 60 targets tied at 1.5, 30 spread out, 10 each alone far away; the second feature is constant.
        RandomKey key = RandomKey.FromSeed(4);
        Tensor x = Tensor.Stack([key.FoldIn(0).Normal([100]), Tensor.Full([100], 3.0)], 1);
        Tensor y = Tensor.Concat([Tensor.Full([60], 1.5), key.FoldIn(1).Normal([30]), Tensor.Arange(10, DType.Float32) * 7]);
        switch (family)
        {
            case "normal":
                Check(new NormalMixtureHead(6, minScale: Floor), x, y, 1 / Math.Sqrt(2 * Math.PI));
                break;
            case "student_t":
                Check(new StudentTMixtureHead(6, minScale: Floor), x, y, 1 / Math.Sqrt(2 * Math.PI));
                break;
            default:
                Check(new LogisticMixtureHead(6, minScale: Floor), x, y, 0.25);
                break;
        }
    }

    /// <param name="head">The head.</param>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Targets.</param>
    /// <param name="peak">The density of a component of scale 1 at its mode, at most.</param>
    private static void Check<T>(MixtureHead<T> head, Tensor x, Tensor y, double peak) where T : Univariate
    {
        Model<Mixture<T>> model = Model.Sequential([new Dense(32, Activation.Tanh)], head);
        History history = model.Fit(x, y, new FitOptions { Epochs = 200, BatchSize = 25, Optimizer = _ => new Adam(0.02) });

        double scale = model.TargetStandardizer!.Scale.ToScalar(), bound = Math.Log(peak / (Floor * scale));
        double[] log = model.Predict(x).LogProb(y).ToDoubles();
        Assert.All(history.Loss, loss => Assert.True(double.IsFinite(loss)));
        Assert.All(log, value => Assert.InRange(value, -100, bound + 1e-3));

        // The ties pull the density to the floor's: it is the floor that stops it.
        Assert.InRange(log[..60].Max(), bound - 2, bound + 1e-3);
    }
}
