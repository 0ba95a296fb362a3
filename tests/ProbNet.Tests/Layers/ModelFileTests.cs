using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

public class ModelFileTests
{
    private static readonly Activation[] s_activations = [Activation.Identity, Activation.Tanh, Activation.Relu, Activation.Gelu, Activation.Selu];

    [Fact]
    public void Load_AnySavedModel_PredictsTheSameBits() =>
        Prop.ForAll(
            Gen.Choose(1, 9).ArrayOf().Select(widths => widths.Take(4).ToArray()).ToArbitrary(),
            Gen.Choose(1, 5).ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(),
            (widths, features, seed) => RoundTrips(widths, features, RandomKey.FromSeed(seed))).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(RegisteredHead.Kinds), MemberType = typeof(RegisteredHead))]
    public void Load_EachHead_IsTheSameModel(string kind)
    {
        foreach (DType dtype in (DType[])[DType.Float32, DType.Float64])
        {
            (RegisteredHead.SavedModel saved, RegisteredHead.SavedModel loaded) = RegisteredHead.All[kind].SaveAndLoad(dtype);

            Assert.Equal((saved.Text, saved.Summary, dtype, saved.Description), (loaded.Text, loaded.Summary, loaded.DType, loaded.Description));
            Assert.Equal(saved.Weights, loaded.Weights);
            Assert.Equal(saved.Draws, loaded.Draws);
            Assert.All(saved.Draws, draw => Assert.True(double.IsFinite(draw)));
        }
    }

    [Fact]
    public void Load_HeadOfAnotherOutput_NamesBoth()
    {
        using var file = new TemporaryFile();
        Saved(file);

        var error = Assert.Throws<InvalidDataException>(() => Model.Load<Mixture<Normal>>(file.Path));

        Assert.EndsWith(
            "the saved NormalHead predicts Normal, but Mixture<Normal> was asked for; use Model.Load<Normal>.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TensorsUnlikeTheDescription_ListsTheDifferences()
    {
        using var file = new TemporaryFile();
        Saved(file);
        SafeTensorsFile content = SafeTensors.Read(file.Path);
        var tensors = new Dictionary<string, Tensor>(content.Tensors)
        {
            ["body.0.weight"] = Tensor.Zeros([3, 2]),
            ["head.bias"] = Tensor.Zeros([2], DType.Float64),
            ["extra"] = Tensor.Zeros([1]),
        };
        tensors.Remove("head.weight");
        SafeTensors.Write(file.Path, tensors, content.Metadata);

        string message = Assert.Throws<InvalidDataException>(() => Model.Load<Normal>(file.Path)).Message;

        Assert.Contains("'body.0.weight' is Float32 [2, 3] in the model, but Float32 [3, 2] in the file", message, StringComparison.Ordinal);
        Assert.Contains("'head.bias' is Float32 [2] in the model, but Float64 [2] in the file", message, StringComparison.Ordinal);
        Assert.Contains("'head.weight' Float32 [3, 2] of the model is missing in the file", message, StringComparison.Ordinal);
        Assert.Contains("'extra' Float32 [1] of the file is unknown to the model", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("head.kind", "\"OracleHead\"", "the head 'OracleHead' is unknown; known are ")]
    [InlineData("body.settings.layers.0.settings.units", "-3", "Dense: at least one unit is needed")]
    [InlineData("body.settings.layers.0.settings.units", "2000000000", "has more than 2147483647 elements")]
    [InlineData("body.settings.layers.0.settings.units", "100000000", "is Float32 [2, 100000000] in the model, but Float32 [2, 3] in the file")]
    [InlineData("body.settings.layers.0.settings.activation", "\"swoosh\"", "the activation 'swoosh' is unknown")]
    [InlineData("head.settings.min_scale", "\"small\"", "NormalHead: the setting \"min_scale\" must be a number")]
    [InlineData("dtype", "\"F16\"", "the model's dtype is 'F16'; known are F32 and F64")]
    [InlineData("input_shape", "[500000000]", "input_standardizer: 2 means and 2 scales above 0 do not fit the shape [500000000]")]
    [InlineData("input_shape", "[1.5]", "input_shape: a list of whole numbers was expected")]
    [InlineData("input_shape", "\"wide\"", "input_shape: a list of whole numbers was expected")]
    [InlineData("body", "null", "an object with a text \"kind\"")]
    [InlineData("target_standardizer", "{\"mean\":[0],\"scale\":[0]}", "target_standardizer: 1 means and 1 scales above 0 do not fit the shape []")]
    [InlineData("input_standardizer", "{\"mean\":[0,1],\"scale\":[1]}", "input_standardizer: 2 means and 1 scales above 0 do not fit the shape [2]")]
    public void Load_TamperedDescription_SaysWhatIsWrongWithoutAllocatingIt(string path, string json, string expected)
    {
        using var file = new TemporaryFile();
        Saved(file);
        SafeTensorsFile content = SafeTensors.Read(file.Path);
        JsonNode root = JsonNode.Parse(content.Metadata["model"])!, node = root;
        string[] steps = path.Split('.');
        foreach (string step in steps[..^1])
        {
            node = node is JsonArray array ? array[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!;
        }

        node[steps[^1]] = JsonNode.Parse(json);
        SafeTensors.Write(file.Path, content.Tensors, new Dictionary<string, string>(content.Metadata) { ["model"] = root.ToJsonString() });
        long before = GC.GetAllocatedBytesForCurrentThread();

        string message = Assert.Throws<InvalidDataException>(() => Model.Load<Normal>(file.Path)).Message;

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ChangedByteOfAWeight_IsRefused()
    {
        using var file = new TemporaryFile();
        Saved(file);
        byte[] bytes = File.ReadAllBytes(file.Path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file.Path, bytes);

        Assert.Contains("was changed after it was saved", Assert.Throws<InvalidDataException>(() => Model.Load<Normal>(file.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ChangedActivation_IsRefused()
    {
        using var file = new TemporaryFile();
        Saved(file);
        SafeTensorsFile content = SafeTensors.Read(file.Path);
        JsonNode root = JsonNode.Parse(content.Metadata["model"])!;
        root["body"]!["settings"]!["layers"]![0]!["settings"]!["activation"] = "elu";
        SafeTensors.Write(file.Path, content.Tensors, new Dictionary<string, string>(content.Metadata) { ["model"] = root.ToJsonString() });

        Assert.Contains("was changed after it was saved", Assert.Throws<InvalidDataException>(() => Model.Load<Normal>(file.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OtherVersionOrNoModel_SaysSo()
    {
        using var file = new TemporaryFile();
        Saved(file);
        SafeTensorsFile content = SafeTensors.Read(file.Path);

        SafeTensors.Write(file.Path, content.Tensors, new Dictionary<string, string>(content.Metadata) { ["format_version"] = "2" });
        AssertRefused("has format version '2', but only version 1 can be read");

        SafeTensors.Write(file.Path, content.Tensors);
        AssertRefused("does not describe a model");

        void AssertRefused(string message) =>
            Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Model.Load<Normal>(file.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadWeights_FileThatDoesNotFit_ChangesNothing()
    {
        using var file = new TemporaryFile();
        Saved(file);
        Model<Normal> model = Model.Sequential([new Dense(4)], head: new NormalHead()).Build(2, RandomKey.FromSeed(9));
        model.InputStandardizer = new Standardizer(Tensor.From(1.0, 2.0), Tensor.From(3.0, 4.0));
        Standardizer before = model.InputStandardizer;
        Tensor[] values = [.. model.Parameters.Select(p => p.Value)];

        var error = Assert.Throws<InvalidDataException>(() => model.LoadWeights(file.Path));

        Assert.Contains("'body.0.weight' is Float32 [2, 4] in the model, but Float32 [2, 3] in the file", error.Message, StringComparison.Ordinal);
        Assert.All(model.Parameters.Zip(values), pair => Assert.Same(pair.Second, pair.First.Value));
        Assert.Same(before, model.InputStandardizer);
    }

    [Fact]
    public void LoadWeights_FileThatFits_PredictsTheSameBits()
    {
        using var file = new TemporaryFile();
        Model<Normal> saved = Saved(file);
        Model<Normal> model = saved.CopyUnbuilt().Build(2, RandomKey.FromSeed(9));
        Tensor x = RandomKey.FromSeed(4).Normal([5, 2], DType.Float32);
        Assert.NotEqual(saved.Predict(x).Loc.ToDoubles(), model.Predict(x).Loc.ToDoubles());

        model.LoadWeights(file.Path);

        Assert.Equal(saved.Predict(x).Loc.ToDoubles(), model.Predict(x).Loc.ToDoubles());
    }

    [Fact]
    public void LoadWeights_FileOfAnotherProgram_KeepsTheStandardization()
    {
        using var file = new TemporaryFile();
        Model<Normal> saved = Saved(file);
        SafeTensors.Write(file.Path, SafeTensors.Read(file.Path).Tensors);
        Standardizer before = saved.InputStandardizer!;

        saved.LoadWeights(file.Path);

        Assert.Same(before, saved.InputStandardizer);
    }

    [Fact]
    public void Save_BeforeBuild_SaysWhatToCall()
    {
        using var file = new TemporaryFile();

        Assert.Throws<InvalidOperationException>(() => Model.Sequential([new Dense(2)], head: new NormalHead()).Save(file.Path));
        Assert.Empty(file.Names);
    }

    private static bool RoundTrips(int[] widths, int features, RandomKey key)
    {
        Layer[] layers = [.. widths.SelectMany((width, i) => (Layer[])
            [new Dense(width, s_activations[width % 5], useBias: width % 2 == 0), new Dropout(0.1 * i)])];
        Model<Mixture<Normal>> model = Model.Sequential(layers, head: new NormalMixtureHead(1 + (features % 3)));
        model.InputStandardizer = new Standardizer(key.FoldIn(1).Normal([features], DType.Float64), key.FoldIn(2).Normal([features], DType.Float64).Exp());
        model.TargetStandardizer = new Standardizer(key.FoldIn(3).Normal([], DType.Float64), key.FoldIn(4).Normal([], DType.Float64).Exp());
        model.Build(features, key.FoldIn(5));

        Model<Mixture<Normal>> loaded = SaveAndLoad(model);

        Tensor x = key.FoldIn(6).Normal([7, features], DType.Float32);
        return Numbers(model.Predict(x)).SequenceEqual(Numbers(loaded.Predict(x)));
    }

    private static Model<TOut> SaveAndLoad<TOut>(Model<TOut> model) where TOut : Distribution
    {
        using var file = new TemporaryFile();
        model.Save(file.Path);
        return Model.Load<TOut>(file.Path);
    }

    private static IEnumerable<double> Numbers(Distribution p) => p.Parameters.SelectMany(parameter => parameter.Value.ToDoubles());

    private static Model<Normal> Saved(TemporaryFile file)
    {
        Model<Normal> model = Model.Sequential([new Dense(3, Activation.Tanh)], head: new NormalHead()).Build(2, RandomKey.FromSeed(1));
        model.InputStandardizer = new Standardizer(Tensor.From(0.1, -7.3), Tensor.From(1.7, 0.3));
        model.Save(file.Path);
        return model;
    }
}
