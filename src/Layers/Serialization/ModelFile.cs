using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// A model as a safetensors file: parameters and state by name, and the model's description as JSON in the metadata. Numbers are written so that they
/// read back exactly.
/// </summary>
internal static class ModelFile
{
    private const string FormatKey = "format", FormatName = "probnet", VersionKey = "format_version", Version = "1", ModelKey = "model", DigestKey = "sha256";

    public static void Save<TOut>(Model<TOut> model, string path) where TOut : Sampler
    {
        var description = new JsonObject
        {
            ["dtype"] = SafeTensorsHeader.NameOf(model.DType),
            ["takes_no_inputs"] = model.TakesNoInputs,
            ["input_shape"] = new JsonArray([.. model.InputShape.Select(length => (JsonNode)length)]),
            ["body"] = model.Body.Describe().ToJson(),
            ["head"] = model.Head.Describe().ToJson(),
            ["input_standardizer"] = Write(model.InputStandardizer, "input"),
            ["target_standardizer"] = Write(model.TargetStandardizer, "target"),
        };
        var metadata = new Dictionary<string, string>
        {
            [FormatKey] = FormatName,
            [VersionKey] = Version,
            [ModelKey] = description.ToJsonString(),
        };
        metadata[DigestKey] = Digest(metadata[ModelKey], Saved(model).Select(parameter => parameter.Value));
        SafeTensors.Write(path, Saved(model).Select(p => KeyValuePair.Create(p.Name, p.Value)), metadata);
    }

    public static Model<TOut> Load<TOut>(string path) where TOut : Sampler
    {
        using var reader = new SafeTensorsReader(path);
        JsonObject description = Describe(reader) ?? throw new InvalidDataException(
            $"Model.Load: {path} does not describe a model: its metadata have no \"{ModelKey}\". To read weights alone into a model use LoadWeights.");
        Model<TOut> model;
        try
        {
            model = Create<TOut>(description);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or ShapeException or InvalidOperationException or OverflowException)
        {
            throw new InvalidDataException($"Model.Load: {path}: {e.Message}", e);
        }

        Fill(model, reader, "Load");
        return model;
    }

    public static void LoadWeights<TOut>(Model<TOut> model, string path) where TOut : Sampler
    {
        using var reader = new SafeTensorsReader(path);
        Standardizer? input = model.InputStandardizer, target = model.TargetStandardizer;
        if (Describe(reader) is { } description)
        {
            (input, target) = ReadStandardizers(description, model);
        }

        Fill(model, reader, "LoadWeights");
        model.InputStandardizer = input;
        model.TargetStandardizer = target;
    }

    /// <summary>The model that a description tells of, with parameters that have shapes but no values yet.</summary>
    private static Model<TOut> Create<TOut>(JsonObject description) where TOut : Sampler
    {
        IHead head = LayerRegistry.CreateHead(LayerDescription.FromJson(description["head"]));
        if (head is not Head<TOut> typed)
        {
            throw new InvalidDataException(
                $"the saved {head.Name} predicts {NameOf(head.OutputType)}, but {NameOf(typeof(TOut))} was asked for; "
                + $"use Model.Load<{NameOf(head.OutputType)}>.");
        }

        DType dtype = description["dtype"]?.ToString() switch
        {
            "F32" => DType.Float32,
            "F64" => DType.Float64,
            var other => throw new InvalidDataException($"the model's dtype is '{other}'; known are F32 and F64."),
        };
        var model = new Model<TOut>(LayerRegistry.CreateLayer(LayerDescription.FromJson(description["body"])), typed, dtype)
        {
            TakesNoInputs = description["takes_no_inputs"] is JsonValue flag && flag.TryGetValue(out bool isWithout) && isWithout,
        };
        model.Build(ReadShape(description["input_shape"], "input_shape"), key: null);
        (model.InputStandardizer, model.TargetStandardizer) = ReadStandardizers(description, model);
        return model;
    }

    /// <summary>Sets all parameters and state from a file, or nothing.</summary>
    private static void Fill<TOut>(Model<TOut> model, SafeTensorsReader reader, string method) where TOut : Sampler
    {
        List<string> differences = [];
        Dictionary<string, SafeTensorsEntry> entries = reader.Header.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        List<(Parameter Parameter, SafeTensorsEntry Entry)> pairs = [];
        foreach (Parameter parameter in Saved(model))
        {
            if (!entries.Remove(parameter.Name, out SafeTensorsEntry? entry))
            {
                differences.Add($"'{parameter.Name}' {parameter.DType} {parameter.Shape} of the model is missing in the file");
            }
            else if (entry.Shape != parameter.Shape || entry.DType != parameter.DType)
            {
                differences.Add($"'{parameter.Name}' is {parameter.DType} {parameter.Shape} in the model, but {entry.DType} {entry.Shape} in the file");
            }
            else
            {
                pairs.Add((parameter, entry));
            }
        }

        differences.AddRange(entries.Values.Select(entry => $"'{entry.Name}' {entry.DType} {entry.Shape} of the file is unknown to the model"));
        if (differences.Count > 0)
        {
            throw new InvalidDataException($"Model.{method}: {reader.Path} does not fit the model: {string.Join("; ", differences)}.");
        }

        // All are read before the first is set: a file that fails on the way changes nothing.
        Tensor[] values = [.. pairs.Select(pair => reader.Read(pair.Entry))];
        IReadOnlyDictionary<string, string> metadata = reader.Header.Metadata;
        if (metadata.TryGetValue(DigestKey, out string? digest) && digest != Digest(metadata.GetValueOrDefault(ModelKey, ""), values))
        {
            throw new InvalidDataException(
                $"Model.{method}: {reader.Path} was changed after it was saved: its description and weights do not have the \"{DigestKey}\" of its metadata.");
        }

        for (int i = 0; i < values.Length; i++)
        {
            pairs[i].Parameter.Value = values[i].To(pairs[i].Parameter.Device);
        }
    }

    /// <summary>SHA-256 of the description and of the bytes of all tensors, in the model's order.</summary>
    private static string Digest(string description, IEnumerable<Tensor> values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(description));
        foreach (Tensor value in values)
        {
            hash.AppendData(SafeTensorsReader.Bytes(value.RawData));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<Parameter> Saved<TOut>(Model<TOut> model) where TOut : Sampler => [.. model.Parameters, .. model.Head.State];

    /// <summary>The description in a file's metadata; null if the file is not of this format.</summary>
    private static JsonObject? Describe(SafeTensorsReader reader)
    {
        IReadOnlyDictionary<string, string> metadata = reader.Header.Metadata;
        if (!metadata.TryGetValue(ModelKey, out string? json))
        {
            return null;
        }

        if (metadata.GetValueOrDefault(VersionKey) is not Version and var version)
        {
            throw new InvalidDataException(
                $"Model: {reader.Path} has format version '{version}', but only version {Version} can be read; a newer ProbNet may.");
        }

        try
        {
            return JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject
                ?? throw new InvalidDataException($"Model: the description of the model in {reader.Path} is not a JSON object.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"Model: the description of the model in {reader.Path} is not valid JSON: {e.Message}", e);
        }
    }

    private static JsonObject? Write(Standardizer? standardizer, string what)
    {
        if (standardizer is null)
        {
            return null;
        }

        double[] mean = standardizer.Mean.ToDoubles(), scale = standardizer.Scale.ToDoubles();
        return mean.All(double.IsFinite) && scale.All(double.IsFinite)
            ? new JsonObject { ["mean"] = Numbers(mean), ["scale"] = Numbers(scale) }
            : throw new InvalidOperationException($"Model.Save: the {what} standardization is not finite; a model with it predicts nothing.");
    }

    private static (Standardizer? Input, Standardizer? Target) ReadStandardizers<TOut>(JsonObject description, Model<TOut> model) where TOut : Sampler =>
        (Read(description, "input_standardizer", model.InputShape), Read(description, "target_standardizer", model.Head.TargetShape));

    private static Standardizer? Read(JsonObject description, string name, Shape shape)
    {
        if (description[name] is not { } node)
        {
            return null;
        }

        double[] mean = ReadNumbers(node["mean"], $"{name}.mean"), scale = ReadNumbers(node["scale"], $"{name}.scale");
        return mean.Length == shape.Size && scale.Length == shape.Size && Array.TrueForAll(scale, s => s > 0)
            ? new Standardizer(Tensor.From(mean, shape), Tensor.From(scale, shape))
            : throw new InvalidDataException($"{name}: {mean.Length} means and {scale.Length} scales above 0 do not fit the shape {shape}.");
    }

    private static JsonArray Numbers(IEnumerable<double> values) => [.. values.Select(value => (JsonNode)value)];

    private static Shape ReadShape(JsonNode? node, string name) => node is JsonArray array && array.All(IsInteger)
        ? (int[])[.. array.Select(length => length!.GetValue<int>())]
        : throw new InvalidDataException($"{name}: a list of whole numbers was expected.");

    private static double[] ReadNumbers(JsonNode? node, string name) => node is JsonArray array && array.All(IsNumber)
        ? [.. array.Select(number => number!.GetValue<double>())]
        : throw new InvalidDataException($"{name}: a list of finite numbers was expected.");

    private static bool IsInteger(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int _);

    private static bool IsNumber(JsonNode? node) => node is JsonValue value && value.TryGetValue(out double number) && double.IsFinite(number);

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;
}
