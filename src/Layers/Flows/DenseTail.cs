using System.Text.Json.Nodes;
using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// The settings of a network of dense layers whose first one is its owner's, since each of several inputs has a product of its own there; and the layers behind it.
/// </summary>
internal sealed class DenseTail
{
    private const int DefaultWidth = 64;

    private readonly int[] _widths;

    public DenseTail(string owner, IReadOnlyList<int>? widths, Activation activation)
    {
        _widths = [.. widths ?? [DefaultWidth, DefaultWidth]];
        Activation = activation;
        if (_widths.Length == 0 || _widths.Any(width => width < 1))
        {
            throw new ArgumentException(
                $"{owner}: the network needs at least one hidden layer, and each at least one unit, but got [{string.Join(", ", _widths)}].", nameof(widths));
        }
    }

    /// <summary>Units of the hidden layers.</summary>
    public IReadOnlyList<int> Widths => _widths;

    /// <summary>Units of the first layer.</summary>
    public int First => _widths[0];

    public Activation Activation { get; }

    /// <summary>The widths that <see cref="DescribeInto"/> wrote; 0, which is none, for what is not whole.</summary>
    public static IReadOnlyList<int> WidthsOf(LayerDescription d) => [.. d.Numbers("hidden").Select(width => width == (int)width ? (int)width : 0)];

    public void DescribeInto(JsonObject settings)
    {
        settings["hidden"] = new JsonArray([.. _widths.Select(width => (JsonNode)width)]);
        settings["activation"] = Activation.Name;
    }

    /// <summary>Weights [in, out] and biases [out] of the layers behind the first. The last weights are 0.</summary>
    public (Parameter Weight, Parameter Bias)[] Build(int outputs, Initializer lastBias, BuildContext build) => [.. Enumerable.Range(1, _widths.Length).Select(i =>
    {
        bool last = i == _widths.Length;
        int width = last ? outputs : _widths[i];
        Initializer weights = last ? Initializer.Zeros : Activation.DefaultInitializer;
        return (
            build.Parameter(FormattableString.Invariant($"weight.{i}"), [_widths[i - 1], width], weights),
            build.Parameter(FormattableString.Invariant($"bias.{i}"), [width], last ? lastBias : Initializer.Zeros));
    })];
}
