using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// A function that runs as a compiled graph if it can. One that looks at numbers, as a layer or a score of the user's own may, works too, one operation after another.
/// </summary>
internal sealed class CompiledFunction
{
    private readonly Func<RandomKey, Tensor[], Tensor[]> _function;
    private readonly Graph _graph;
    private volatile bool _readsValues;

    public CompiledFunction(Func<Tensor[], Tensor[]> function) => (_function, _graph) = ((_, inputs) => function(inputs), Graph.Compile(function));

    /// <summary>One that draws, from the key of a call.</summary>
    public CompiledFunction(Func<RandomKey, Tensor[], Tensor[]> function) => (_function, _graph) = (function, Graph.Compile(function));

    /// <summary>The results.</summary>
    /// <param name="key">The source of randomness, if the function draws.</param>
    /// <param name="inputs">The arguments.</param>
    public Tensor[] Run(RandomKey? key, params Tensor[] inputs) => TryRun(key, inputs) ?? _function(key ?? default, inputs);

    /// <summary>The results of the compiled graph; null if the function looks at numbers.</summary>
    /// <inheritdoc cref="Run"/>
    public Tensor[]? TryRun(RandomKey? key, params Tensor[] inputs)
    {
        if (_readsValues)
        {
            return null;
        }

        try
        {
            return key is { } own ? _graph.Run(own, inputs) : _graph.Run(inputs);
        }
        catch (TracingException)
        {
            _readsValues = true;
            return null;
        }
    }
}
