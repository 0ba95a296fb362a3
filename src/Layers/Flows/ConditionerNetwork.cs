using System.Text.Json.Nodes;
using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// The network inside a step: from some coordinates and the features to raw parameters. The features enter the first layer by a product of their own, computed
/// once an example however many points are evaluated. With degrees it is masked, so that an output sees only coordinates of lower degree (MADE; Germain et al. 2015).
/// Its last weights start at 0 and its last bias where the map is the identity.
/// </summary>
internal sealed class ConditionerNetwork
{
    public const int DefaultWidth = 64;

    private readonly int[] _widths;
    private readonly Activation _activation;
    private Parameter? _first, _context;
    private Parameter[] _weights = [], _biases = [];
    private Tensor[]? _masks;

    public ConditionerNetwork(string owner, IReadOnlyList<int>? widths, Activation? activation)
    {
        _widths = [.. widths ?? [DefaultWidth, DefaultWidth]];
        _activation = activation ?? Activation.Relu;
        RequireWidths(owner, _widths);
    }

    /// <summary>The first layer's weights and bias, then weight and bias of each layer.</summary>
    public IReadOnlyList<Parameter> Parameters { get; private set; } = [];

    public void DescribeInto(JsonObject settings) => DescribeInto(settings, _widths, _activation);

    public static void DescribeInto(JsonObject settings, int[] widths, Activation activation)
    {
        settings["hidden"] = new JsonArray([.. widths.Select(width => (JsonNode)width)]);
        settings["activation"] = activation.Name;
    }

    public static void RequireWidths(string owner, int[] hidden)
    {
        if (hidden.Length == 0 || hidden.Any(width => width < 1))
        {
            throw new ArgumentException(
                $"{owner}: the network needs at least one hidden layer, and each at least one unit, but got [{string.Join(", ", hidden)}].", nameof(hidden));
        }
    }

    public static IReadOnlyList<int> WidthsOf(LayerDescription d) => [.. d.Settings["hidden"] is JsonArray widths
        ? widths.Select(width => width?.GetValue<int>() ?? 0)
        : throw new InvalidDataException($"{d.Kind}: the setting \"hidden\" must be a list of widths, but the settings are {d.Settings.ToJsonString()}.")];

    public void Build(int inputs, int context, int outputs, Initializer lastBias, BuildContext build, int[]? inputDegrees = null, int[]? outputDegrees = null)
    {
        Parameter? first = inputs == 0 ? null : build.Parameter("input", [inputs, _widths[0]], _activation.DefaultInitializer);
        Parameter? features = context == 0 ? null : build.Parameter("context", [context, _widths[0]], _activation.DefaultInitializer);

        // The first bias, then a weight and a bias a layer; the first weight of the list is the one of the second layer.
        var weights = new List<Parameter>();
        var biases = new List<Parameter> { build.Parameter("bias.0", [_widths[0]], Initializer.Zeros) };
        for (int i = 1; i <= _widths.Length; i++)
        {
            bool last = i == _widths.Length;
            int width = last ? outputs : _widths[i];
            weights.Add(build.Parameter(FormattableString.Invariant($"weight.{i}"), [_widths[i - 1], width], last ? Initializer.Zeros : _activation.DefaultInitializer));
            biases.Add(build.Parameter(FormattableString.Invariant($"bias.{i}"), [width], last ? lastBias : Initializer.Zeros));
        }

        _masks = inputDegrees is null || outputDegrees is null ? null : Masks(context, inputDegrees, outputDegrees, build.DType);
        (_first, _context, _weights, _biases) = (first, features, [.. weights], [.. biases]);
        Parameters =
        [
            .. new[] { first, features }.OfType<Parameter>(), biases[0], .. weights.Zip(biases.Skip(1)).SelectMany(pair => (Parameter[])[pair.First, pair.Second]),
        ];
    }

    /// <summary>Raw parameters [..., outputs].</summary>
    /// <param name="x">[..., inputs].</param>
    /// <param name="context">[..., features], whose leading axes broadcast against those of x.</param>
    public Tensor Apply(Tensor x, Tensor context)
    {
        Tensor hidden = _biases[0];
        hidden = _context is null ? hidden : context.MatMul(_context) + hidden;
        hidden = _first is null ? hidden : x.MatMul(Masked(_first, 0)) + hidden;
        for (int i = 0; i < _weights.Length; i++)
        {
            hidden = _activation.Apply(hidden).MatMul(Masked(_weights[i], i + 1)) + _biases[i + 1];
        }

        return hidden;
    }

    private Tensor Masked(Parameter weight, int layer) => _masks is null ? weight : weight * _masks[layer];

    // A unit of degree m sees what is of degree at most m; the first coordinate is of degree 1. Units of degree 0 see the features alone, and are of use only
    // where there are any.
    private Tensor[] Masks(int context, int[] before, int[] outputDegrees, DType dtype)
    {
        int inputs = before.Length, low = context > 0 ? 0 : Math.Min(1, inputs - 1), count = Math.Max(1, inputs - low);
        var masks = new List<Tensor>();
        foreach (int width in _widths)
        {
            int[] degrees = [.. Enumerable.Range(0, width).Select(i => low + (i % count))];
            masks.Add(Mask(before, degrees));
            before = degrees;
        }

        masks.Add(Mask(before, outputDegrees));
        return [.. masks];

        Tensor Mask(int[] from, int[] to)
        {
            double[] mask = [.. from.SelectMany(f => to.Select(t => f <= t ? 1.0 : 0.0))];
            return Tensor.From(mask, [from.Length, to.Length]).Cast(dtype).AsFree();
        }
    }
}
