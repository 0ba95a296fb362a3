using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// y = L·U·x + b, a linear map by its triangular factors: L has a diagonal of 1, U a diagonal above 0 kept as its logarithm (Kingma and Dhariwal 2018; Durkan et al.
/// 2019). The log-determinant is a sum and the inverse two substitutions. It starts at the identity.
/// </summary>
public sealed class LuLinearStep : FlowStep
{
    private Parameter? _lower, _upper, _logDiagonal, _bias;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _bias is null ? [] : [_lower!, _upper!, _logDiagonal!, _bias];

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name);

    /// <inheritdoc/>
    protected override void OnBuild(int dimension, int context, BuildContext build)
    {
        _lower = build.Parameter("lower", [dimension, dimension], Initializer.Zeros);
        _upper = build.Parameter("upper", [dimension, dimension], Initializer.Zeros);
        _logDiagonal = build.Parameter("log_diagonal", [dimension], Initializer.Zeros);
        _bias = build.Parameter("bias", [dimension], Initializer.Zeros);
    }

    /// <inheritdoc/>
    protected override Transform OnBind(Tensor context) => new LuTransform(_lower!, _upper!, _logDiagonal!, _bias!);
}
