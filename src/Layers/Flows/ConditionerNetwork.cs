using System.Text.Json.Nodes;
using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// The network inside a step: from some coordinates and the features to raw parameters. The features enter the first layer by a product of their own, computed
/// once an example however many points are evaluated. With degrees it is masked, so that an output sees only coordinates of lower degree (MADE; Germain et al. 2015).
/// Its last weights start at 0 and its last bias where the map is the identity.
/// </summary>
internal sealed class ConditionerNetwork(string owner, IReadOnlyList<int>? widths, Activation? activation)
{
    private readonly DenseTail _tail = new(owner, widths, activation ?? Activation.Relu);
    private Parameter? _first, _context, _firstBias;
    private (Parameter Weight, Parameter Bias)[] _layers = [];
    private Tensor[]? _masks;

    /// <summary>The first layer's weights and bias, then weight and bias of each layer.</summary>
    public IReadOnlyList<Parameter> Parameters { get; private set; } = [];

    public void DescribeInto(JsonObject settings) => _tail.DescribeInto(settings);

    public void Build(int inputs, int context, int outputs, Initializer lastBias, BuildContext build, int[]? inputDegrees = null, int[]? outputDegrees = null)
    {
        Initializer initializer = _tail.Activation.DefaultInitializer;
        _first = inputs == 0 ? null : build.Parameter("input", [inputs, _tail.First], initializer);
        _context = context == 0 ? null : build.Parameter("context", [context, _tail.First], initializer);
        _firstBias = build.Parameter("bias.0", [_tail.First], Initializer.Zeros);
        _layers = _tail.Build(outputs, lastBias, build);
        _masks = inputDegrees is null || outputDegrees is null ? null : Masks(context, inputDegrees, outputDegrees, build.DType);
        Parameters = [.. new[] { _first, _context }.OfType<Parameter>(), _firstBias, .. _layers.SelectMany(layer => (Parameter[])[layer.Weight, layer.Bias])];
    }

    /// <summary>
    /// The network under given features: from x, [..., inputs], to raw parameters [..., outputs]. What does not depend on x is computed here, once; later changes of the
    /// parameters change nothing.
    /// </summary>
    /// <param name="context">[..., features], whose leading axes broadcast against those of x.</param>
    public Func<Tensor, Tensor> Bind(Tensor context)
    {
        Tensor start = _context is null ? _firstBias! : context.MatMul(_context) + _firstBias!;
        Tensor? first = _first is null ? null : Masked(_first, 0);
        (Tensor Weight, Tensor Bias)[] layers = [.. _layers.Select((layer, i) => (Masked(layer.Weight, i + 1), (Tensor)layer.Bias))];
        return x =>
        {
            Tensor hidden = first is null ? start : x.MatMul(first) + start;
            foreach ((Tensor weight, Tensor bias) in layers)
            {
                hidden = _tail.Activation.Apply(hidden).MatMul(weight) + bias;
            }

            return hidden;
        };
    }

    private Tensor Masked(Parameter weight, int layer) => _masks is null ? weight : weight * _masks[layer];

    // A unit of degree m sees what is of degree at most m; the first coordinate is of degree 1. Units of degree 0 see the features alone, and are of use only
    // where there are any.
    private Tensor[] Masks(int context, int[] before, int[] outputDegrees, DType dtype)
    {
        int inputs = before.Length, low = context > 0 ? 0 : Math.Min(1, inputs - 1), count = Math.Max(1, inputs - low);
        var masks = new List<Tensor>();
        foreach (int width in _tail.Widths)
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
