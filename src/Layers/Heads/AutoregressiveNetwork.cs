using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// The networks of all coordinates side by side: a hidden layer each, which sees the features and the coordinates before, and the raw parameters of a mixture.
/// </summary>
internal sealed class AutoregressiveNetwork
{
    private readonly HeadFamily<Normal> _family;
    private readonly int _components;
    private readonly int _hidden;
    private readonly Parameter? _featureWeight;
    private readonly Parameter _targetWeight, _hiddenBias, _outputWeight, _outputBias;

    public AutoregressiveNetwork(HeadFamily<Normal> family, int outputs, int components, int hidden, int features, BuildContext context)
    {
        (_family, Outputs, _components, _hidden) = (family, outputs, components, hidden);
        int raw = components * (1 + family.ParameterCount);
        _featureWeight = features == 0 ? null
            : context.Parameter("feature_weight", [features, outputs * hidden], Initializer.RandomNormal(1 / Math.Sqrt(features)));
        _targetWeight = context.Parameter("target_weight", [outputs, outputs, hidden], Initializer.RandomNormal(1 / Math.Sqrt(outputs)));
        _hiddenBias = context.Parameter("hidden_bias", [outputs, hidden], Initializer.Zeros);

        // Small weights: the first prediction is nearly the same for all inputs, and the bias alone gives it the scale of the data.
        _outputWeight = context.Parameter("output_weight", [outputs, hidden, raw], Initializer.RandomNormal(0.1 / Math.Sqrt(hidden)));
        _outputBias = context.Parameter("output_bias", [outputs, raw], new ValueInitializer(
            () => InitialBias(TargetStatistics.Typical([outputs], (0, 1), context.DType))));
    }

    public int Outputs { get; }

    public IReadOnlyList<Parameter> Parameters => _featureWeight is null
        ? [_targetWeight, _hiddenBias, _outputWeight, _outputBias]
        : [_featureWeight, _targetWeight, _hiddenBias, _outputWeight, _outputBias];

    public void InitializeFor(TargetStatistics statistics) => _outputBias.Value = InitialBias(statistics).Cast(_outputBias.DType);

    /// <summary>What the features add to the hidden layers: [..., outputs, hidden].</summary>
    public Tensor Context(Tensor features)
    {
        Shape shape = features.Shape[..^1].Concat([Outputs, _hidden]);
        return _featureWeight is null ? ((Tensor)_hiddenBias).BroadcastTo(shape) : features.MatMul(_featureWeight).Reshape(shape) + _hiddenBias!;
    }

    /// <summary>What a prediction needs besides its context: their current values.</summary>
    public (Tensor Target, Tensor Output, Tensor Bias) Weights => (_targetWeight, _outputWeight, _outputBias);

    /// <summary>The mixtures of all coordinates, of batch shape [..., outputs].</summary>
    public Mixture<Normal> Conditionals(Tensor context, (Tensor Target, Tensor Output, Tensor Bias) weights, Tensor z)
    {
        // Coordinate j reaches the networks of the coordinates behind it alone.
        Tensor before = Tensor.Arange(Outputs).Unsqueeze(1).LessThan(Tensor.Arange(Outputs)).Unsqueeze(-1);
        Tensor weight = Tensor.Where(before, weights.Target, 0.0).Reshape(Outputs, Outputs * _hidden);
        Tensor seen = See(z).MatMul(weight);
        Tensor hidden = (seen.Reshape(seen.Shape[..^1].Concat([Outputs, _hidden])) + context).Silu();

        // [rows, outputs, hidden] to one product a coordinate.
        Shape all = hidden.Shape;
        Tensor raw = hidden.Reshape(all[..^2].Size, Outputs, _hidden).Transpose(0, 1).MatMul(weights.Output).Transpose(0, 1) + weights.Bias;
        return _family.MixtureFromRaw(raw.Reshape(all[..^1].Concat([raw.Shape[-1]])), _components);
    }

    /// <summary>Draws of a given shape, [..., outputs], one coordinate after the other.</summary>
    public Tensor Draw(RandomKey key, Tensor context, (Tensor Target, Tensor Output, Tensor Bias) weights, Shape shape)
    {
        Shape rows = shape[..^1];
        Tensor? drawn = null;
        for (int i = 0; i < Outputs; i++)
        {
            Tensor hidden = context[TensorIndex.Ellipsis, i, ..];
            hidden = drawn is null ? hidden.BroadcastTo(rows.Concat([_hidden])) : hidden + See(drawn).MatMul(weights.Target[..i, i]);
            Tensor raw = hidden.Silu().MatMul(weights.Output[i]) + weights.Bias[i];
            Tensor next = _family.MixtureFromRaw(raw, _components).Sample(key.FoldIn((ulong)i)).Unsqueeze(-1);
            drawn = drawn is null ? next : Tensor.Concat([drawn, next], -1);
        }

        return drawn!;
    }

    // As it is near 0, logarithmic far out: a stray coordinate does not throw the networks behind it off the scale of the data.
    private static Tensor See(Tensor z) => z.Asinh();

    private Tensor InitialBias(TargetStatistics statistics) => _family.MixtureToRaw(statistics.Mean, statistics.StdDev, _components);
}
