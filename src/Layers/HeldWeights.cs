using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// The values that parameters have now, and a way to compute with them later: what a prediction holds that runs its networks when it is asked, so that training that goes
/// on does not change it. The values are not copied: a parameter's value never changes, it is replaced.
/// </summary>
/// <param name="parameters">The parameters.</param>
internal sealed class HeldWeights(IReadOnlyList<Parameter> parameters)
{
    private readonly Tensor[] _values = ValuesOf(parameters);

    /// <summary>What a function gives where the parameters have the values of then.</summary>
    public T In<T>(Func<T> function) => With(parameters, _values, function);

    /// <summary>The values, connected to the gradient that is being taken.</summary>
    public static Tensor[] ValuesOf(IReadOnlyList<Parameter> parameters) => [.. parameters.Select(parameter => parameter.Read())];

    /// <summary>What a function gives where parameters have other values: for one that is compiled with the weights as its arguments.</summary>
    public static T With<T>(IReadOnlyList<Parameter> parameters, IReadOnlyList<Tensor> values, Func<T> function)
    {
        using var scope = new GradientScope(parameters, values);
        return function();
    }
}
