using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>Raw parameters that are a linear function of the features, or without features a constant.</summary>
internal sealed class LinearContext
{
    private Parameter? _weight;
    private Parameter? _bias;

    public IReadOnlyList<Parameter> Parameters => _bias is null ? [] : _weight is null ? [_bias] : [_weight, _bias];

    public void Build(int context, int outputs, Initializer bias, BuildContext build)
    {
        Parameter? weight = context == 0 ? null : build.Parameter("weight", [context, outputs], Initializer.Zeros);
        _bias = build.Parameter("bias", [outputs], bias);
        _weight = weight;
    }

    /// <summary>[..., outputs].</summary>
    public Tensor Apply(Tensor context) => _weight is null ? _bias! : context.MatMul(_weight) + _bias!;
}
