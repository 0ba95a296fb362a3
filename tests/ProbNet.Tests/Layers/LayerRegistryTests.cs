using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

public class LayerRegistryTests
{
    static LayerRegistryTests()
    {
        LayerRegistry.RegisterLayer(nameof(Scaling), d => new Scaling(d.Number("start")));
        LayerRegistry.RegisterActivation(new Activation("cube", x => x * x * x));
    }

    [Fact]
    public void Create_UnknownNames_ListsTheKnownOnes()
    {
        string layer = Assert.Throws<ArgumentException>(() => LayerRegistry.CreateLayer(new LayerDescription("Conv9D"))).Message;
        string activation = Assert.Throws<ArgumentException>(() => LayerRegistry.FindActivation("swoosh")).Message;

        Assert.StartsWith("LayerRegistry: the layer 'Conv9D' is unknown; known are ActivationLayer, Dense, Dropout, ", layer, StringComparison.Ordinal);
        Assert.Contains("LayerRegistry.RegisterLayer", layer, StringComparison.Ordinal);
        Assert.Contains("gelu, identity, leaky_relu, mish, relu, selu", activation, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LayerRegistry.CreateHead(new LayerDescription("Dense")));
        Assert.Throws<ArgumentException>(() => LayerRegistry.CreateInitializer(new LayerDescription("ones")));
    }

    [Fact]
    public void Create_SettingMissingOrOfAnotherType_NamesIt()
    {
        var missing = Assert.Throws<InvalidDataException>(() => LayerRegistry.CreateLayer(new LayerDescription("Dropout")));
        var text = Assert.Throws<InvalidDataException>(() => LayerRegistry.CreateLayer(new LayerDescription("Dropout", new JsonObject { ["rate"] = "much" })));

        Assert.Equal("Dropout: the setting \"rate\" must be a number or null, but the settings are {}.", missing.Message);
        Assert.Equal("Dropout: the setting \"rate\" must be a number, but the settings are {\"rate\":\"much\"}.", text.Message);
    }

    [Fact]
    public void Register_NameTaken_IsRefused() => Assert.Throws<ArgumentException>(() => LayerRegistry.RegisterLayer("Dense", _ => new Flatten()));

    [Fact]
    public void Register_LayerOfOnesOwn_IsSavedAndLoaded()
    {
        using var file = new TemporaryFile();
        Model<Normal> model = Model.Sequential(
            [new Scaling(0.5), new Dense(2, LayerRegistry.FindActivation("cube"))], head: new NormalHead()).Build(3, RandomKey.FromSeed(1));
        Tensor x = Tensor.From(new float[,] { { 1, 2, 3 } });

        model.Save(file.Path);
        Model<Normal> loaded = Model.Load<Normal>(file.Path);

        Assert.Equal(model.Predict(x).Loc.ToArray<float>(), loaded.Predict(x).Loc.ToArray<float>());
        Assert.Contains(loaded.Parameters, p => p.Name == "body.0.factor");
    }

    [Fact]
    public void Describe_AllLayers_GoThroughTheRegistry()
    {
        var layers = new Sequential(
            new ActivationLayer(Activation.Gelu), new Dropout(0.25), new Flatten(),
            new Sequential(new Dense(4, Activation.Tanh, useBias: false, Initializer.Orthogonal(0.5)), new Dense(2)));

        Layer copy = LayerRegistry.CreateLayer(LayerDescription.FromJson(JsonNode.Parse(layers.Describe().ToJson().ToJsonString())));

        Assert.Equal(layers.ToString(), copy.ToString());
        Assert.Equal(layers.Describe().ToString(), copy.Describe().ToString());
    }

    /// <summary>A layer as a user would write it: a factor for each feature.</summary>
    private sealed class Scaling(double start) : Layer
    {
        private Parameter? _factor;

        public override IReadOnlyList<Parameter> Parameters => _factor is null ? [] : [_factor];

        public override LayerDescription Describe() => new(Name, new JsonObject { ["start"] = start });

        protected override Shape OnBuild(Shape input, BuildContext context)
        {
            _factor = context.Parameter("factor", input, Initializer.Constant(start));
            return input;
        }

        protected override Tensor OnForward(Tensor x, ForwardContext context) => x * _factor!;
    }
}
