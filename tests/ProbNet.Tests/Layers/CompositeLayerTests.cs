using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

public class CompositeLayerTests
{
    [Fact]
    public void Parameters_OfAComposite_AreThoseOfItsParts()
    {
        var layer = new Wrap(new Dense(4));
        layer.Build([3], new BuildContext("wrap", RandomKey.FromSeed(1), DType.Float32));
        Assert.Equal(["wrap.inner.weight", "wrap.inner.bias"], layer.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Build_LaterLayerFails_LeavesTheCompositeUnbuilt()
    {
        var inner = new Dense(4);
        Model<Normal> model = Model.Sequential([new Wrap(inner), new Refuse()], new NormalHead());
        Assert.Throws<ShapeException>(() => model.Build(5, RandomKey.FromSeed(1)));
        Assert.False(inner.IsBuilt);
    }

    [Fact]
    public void EnsembleFit_MembersShareAPartOfAComposite_IsRefused()
    {
        var shared = new Dense(4);
        Assert.Throws<ArgumentException>(() => Ensemble.Fit(
            () => Model.Sequential([new Wrap(shared)], new NormalHead()), 2, Tensor.Ones([20, 3]), Tensor.Ones([20]), new FitOptions { Epochs = 1 }));
    }

    private sealed class Wrap(Layer inner) : Layer
    {
        public override IReadOnlyList<Layer> Parts => [inner];

        public override LayerDescription Describe() => inner.Describe();

        protected override Shape OnBuild(Shape input, BuildContext context) => inner.Build(input, context.Child("inner"));

        protected override Tensor OnForward(Tensor x, ForwardContext context) => inner.Forward(x, context);
    }

    private sealed class Refuse : Layer
    {
        public override LayerDescription Describe() => new("Refuse", []);

        protected override Shape OnBuild(Shape input, BuildContext context) => throw new ShapeException($"Refuse: never takes {input}.");

        protected override Tensor OnForward(Tensor x, ForwardContext context) => x;
    }
}
