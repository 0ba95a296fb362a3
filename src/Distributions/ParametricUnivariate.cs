using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>A one-dimensional family given by parameters that broadcast against each other: what such families share.</summary>
public abstract class ParametricUnivariate : Univariate
{
    private readonly (string Name, Tensor Value)[] _parameters;

    private protected ParametricUnivariate(params ReadOnlySpan<FamilyParameter> parameters)
    {
        _parameters = FamilyParameter.Check(GetType().Name, parameters);
        BatchShape = BroadcastParameters(GetType().Name, _parameters);
    }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<(string Name, Tensor Value)> Parameters => _parameters;

    /// <inheritdoc/>
    public sealed override Shape BatchShape { get; }

    /// <inheritdoc/>
    public sealed override DType DType => _parameters[0].Value.DType;

    /// <summary>A parameter by its place in the list.</summary>
    private protected Tensor this[int index] => _parameters[index].Value;

    /// <summary>A result in the type and the batch shape.</summary>
    private protected Tensor Wide(Tensor value) => ParameterChecks.Literal(value, DType).BroadcastTo(BatchShape);

    /// <summary>A function of the probability inside (0, 1), the ends of the support at 0 and 1, NaN elsewhere.</summary>
    private protected static Tensor Between(Tensor p, Func<Tensor, Tensor> inside, Tensor low, Tensor high)
    {
        Tensor open = (p > 0) & (p < 1);
        (low, high) = (ParameterChecks.Literal(low, p.DType), ParameterChecks.Literal(high, p.DType));
        Tensor end = Tensor.Where(p.EqualTo(0.0), low, Tensor.Where(p.EqualTo(1.0), high, double.NaN));
        return Tensor.Where(open, inside(Tensor.Where(open, p, 0.5)), end);
    }

    /// <summary>The mean by quadrature.</summary>
    private protected Estimate NumericMean() => Quadrature().Moments().Mean;

    /// <summary>The variance by quadrature.</summary>
    private protected Estimate NumericVariance() => Quadrature().Moments().Variance;
}
