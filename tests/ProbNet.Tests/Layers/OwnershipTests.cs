using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

/// <summary>What has weights belongs to one thing: two that shared it would train each other's, or standardize for data that the other has not seen.</summary>
public class OwnershipTests
{
    private static readonly RandomKey s_key = RandomKey.FromSeed(3);

    [Fact]
    public void Model_HeadOfAnotherModel_IsRefused()
    {
        var head = new NormalHead();
        Model.Sequential([new Dense(2)], head);

        AssertRefused(() => Model.Sequential([], head), "Model: NormalHead is a part of another Model, which trains its parameters; create a new one for each");
        AssertRefused(() => new VaeHead(2, [new Dense(2)], [new Dense(2)], NewLikelihood(), new() { Prior = LatentPrior.Of(Owned(new DiagonalNormalHead(2))) }), "another Model");
    }

    [Fact]
    public void Model_LayerOfAHeadOrAtTwoPlaces_IsRefused()
    {
        var layer = new Dense(2);
        var owned = new Dense(4);
        var gan = new GanHead(2, generator: new Sequential(owned));

        AssertRefused(() => Model.Sequential([new Sequential(layer), layer], new NormalHead()), "Dense(2) stands at two places");
        AssertRefused(() => Model.Sequential([owned], gan), "or is a part of a head");
        AssertRefused(() => new GanHead(2, layer, layer), "GanHead: Dense(2) stands at two places of it");
        AssertRefused(() => new DiffusionHead(2, owned), "DiffusionHead: Dense(4) is a part of another GanHead");
    }

    [Fact]
    public void Model_OfABuiltHead_IsBuiltByItsFirstFit()
    {
        // Targets near 1000 need a standardization of their own, whatever was done with the head before.
        var head = new NormalHead();
        head.Build([1], new BuildContext("head", s_key, DType.Float32));
        Model<Normal> model = Model.Sequential([], head);
        Assert.False(model.IsBuilt);
        Tensor x = s_key.Normal([100, 1]);

        model.Fit(x, 1000 + x[.., 0], new FitOptions { Epochs = 1, ShowProgress = false });

        Assert.InRange(model.Predict(x).Loc.Mean().ToScalar(), 990, 1010);
    }

    [Fact]
    public void VaeHead_SharedParts_AreRefused()
    {
        var vamp = new VaeOptions { Prior = LatentPrior.Vamp(10) };
        _ = New(vamp);
        AssertRefused(() => New(vamp), "VaeHead: LatentPrior.Vamp(10) is a part of another VaeHead");

        var posterior = new VaeOptions { Posterior = new NormalHead(outputs: 2) };
        _ = New(posterior);
        AssertRefused(() => New(posterior), "VaeHead: NormalHead is a part of another VaeHead");

        var layer = new Dense(2);
        var both = new NormalHead(outputs: 2);
        AssertRefused(() => new VaeHead(2, [layer], [layer], NewLikelihood()), "VaeHead: Dense(2) stands at two places of it");
        AssertRefused(() => new VaeHead(2, [], [], both, new() { Posterior = both }), "VaeHead: NormalHead stands at two places of it");

        // What has no parameters is nobody's.
        _ = New(new VaeOptions());
        _ = New(new VaeOptions { Prior = LatentPrior.StandardNormal });
    }

    [Fact]
    public void FlowHead_StepOfAnother_IsRefused()
    {
        var step = new LuLinearStep();
        _ = new FlowHead(2, step, new ActNormStep());

        AssertRefused(() => new FlowHead(2, step), "FlowHead: LuLinearStep is a part of another FlowHead");
        AssertRefused(() => new InvertedStep(step), "InvertedStep: LuLinearStep is a part of another FlowHead");
    }

    [Fact]
    public void Fit_ModelWithoutParameters_SaysSo()
    {
        Model<TransformedVector> model = Model.Unconditional(new FlowHead(2, new PermutationStep()));

        var error = Assert.Throws<InvalidOperationException>(() => model.Fit(s_key.Normal([20, 2]), new FitOptions { Epochs = 1, ShowProgress = false }));

        Assert.StartsWith("Fit: the model has no parameters to train: Model(Sequential() -> FlowHead(", error.Message, StringComparison.Ordinal);
    }

    private static VaeHead New(VaeOptions options) => new(2, [new Dense(2)], [new Dense(2)], NewLikelihood(), options);

    private static NormalHead NewLikelihood() => new(outputs: 3);

    private static DiagonalNormalHead Owned(DiagonalNormalHead head)
    {
        Model.Unconditional(head);
        return head;
    }

    private static void AssertRefused(Func<object> create, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(create).Message, StringComparison.Ordinal);
}
