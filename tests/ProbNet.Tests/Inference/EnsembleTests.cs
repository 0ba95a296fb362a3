using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Tests.Inference;

public class EnsembleTests
{
    [Fact]
    public void Fit_ThreeMembers_PredictsTheirTrueMixture()
    {
        Ensemble<Normal> ensemble = Train();
        Tensor x = Tensor.From(-1f, 0f, 2f), y = Tensor.From(0f, 1f, 2f);
        PredictiveMixture<Normal> p = ensemble.Predict(x);
        double[] expected = new double[3];
        foreach (Model<Normal> member in ensemble.Members)
        {
            double[] density = member.Predict(x).LogProb(y).Exp().ToDoubles();
            for (int i = 0; i < 3; i++)
            {
                expected[i] += density[i] / 3;
            }
        }

        double[] actual = p.LogProb(y).Exp().ToDoubles();
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(expected[i], actual[i], 5);
        }
    }

    [Fact]
    public void Uncertainty_OfAnEnsemble_SumsToTheVarianceOfTheMixture()
    {
        PredictiveMixture<Normal> p = Train().Predict(Tensor.From(0f, 30f));
        Uncertainty split = p.Uncertainty();
        double[] aleatoric = split.Aleatoric.ToDoubles(), epistemic = split.Epistemic.ToDoubles(), total = p.Variance().Value.ToDoubles();
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(total[i], aleatoric[i] + epistemic[i], 1e-3 * total[i]);
            Assert.True(epistemic[i] >= 0);
        }

        // Far from the data the members disagree more.
        Assert.True(epistemic[1] > epistemic[0]);
    }

    [Fact]
    public void Fit_SameKey_GivesTheSameMembers()
    {
        Tensor x = Tensor.From(0.5f);
        Assert.Equal(Train().Predict(x).Mean().Value.ToDoubles(), Train().Predict(x).Mean().Value.ToDoubles());
    }

    [Fact]
    public void Fit_WithoutInputs_PredictsTheMixtureOfTheMembers()
    {
        Tensor y = 3 + (2 * RandomKey.FromSeed(6).Normal([200]));
        Ensemble<Normal> ensemble = Ensemble.Fit(
            () => Model.Unconditional(new NormalHead()), 2, y, new FitOptions { Epochs = 5, Optimizer = _ => new Adam(1e-2), ShowProgress = false });

        PredictiveMixture<Normal> p = ensemble.Predict();

        Assert.Equal(Shape.Scalar, p.BatchShape);
        double[] members = [.. ensemble.Members.Select(member => member.Predict().LogProb(Tensor.Scalar(1f)).Exp().ToScalar())];
        Assert.NotEqual(members[0], members[1]);
        Assert.Equal(members.Average(), p.LogProb(Tensor.Scalar(1f)).Exp().ToScalar(), 1e-6);
    }

    [Fact]
    public void Fit_BadData_ThrowsTheErrorOfFitItself()
    {
        Assert.Throws<ShapeException>(() => Ensemble.Fit(NewModel, 3, Tensor.Ones([20]), Tensor.Ones([19]), new FitOptions { Epochs = 1 }));
    }

    [Fact]
    public void Fit_MembersThatShareLayers_IsRefused()
    {
        Tensor x = Tensor.Ones([20]), y = Tensor.Ones([20]);
        Model<Normal> model = NewModel();
        ArgumentException same = Assert.Throws<ArgumentException>(() => Ensemble.Fit(() => model, 2, x, y));
        Assert.Contains("members 0 and 1 share", same.Message);

        Layer[] layers = [new Dense(8, Activation.Tanh)];
        ArgumentException shared = Assert.Throws<ArgumentException>(() => Ensemble.Fit(() => Model.Sequential(layers, new NormalHead()), 2, x, y));
        Assert.Contains("share one Dense(8, tanh)", shared.Message);
    }

    private static Model<Normal> NewModel() => Model.Sequential([new Dense(8, Activation.Tanh)], new NormalHead());

    private static Ensemble<Normal> Train()
    {
        Tensor x = Tensor.Linspace(-2, 2, 80);
        Tensor y = x.Sin() + (0.1 * RandomKey.FromSeed(5).Normal([80]));
        return Ensemble.Fit(NewModel, 3, x, y, new FitOptions { Epochs = 20, Optimizer = _ => new Adam(1e-2), ShowProgress = false });
    }
}
