using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>What a score depends on beyond the noisy data and the noise.</summary>
/// <param name="Weights">Those of the network when the prediction was made; null for a score without parameters.</param>
/// <param name="Context">What a field made of the features, [batch, …]; null without features.</param>
/// <param name="Guidance">A number: 0 is the unconditional score, 1 the conditional one, more exaggerates the difference; null is 1.</param>
internal readonly record struct Conditioning(Tensor[]? Weights, Tensor? Context, Tensor? Guidance)
{
    /// <summary>As arguments of a compiled function.</summary>
    public Tensor[] Arguments => [.. Weights ?? [], .. new[] { Context, Guidance }.OfType<Tensor>()];

    /// <summary>What <see cref="Arguments"/> gave.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="weights">How many of them are weights.</param>
    public static Conditioning From(ReadOnlySpan<Tensor> arguments, int weights) => new(
        arguments[..weights].ToArray(), arguments.Length > weights ? arguments[weights] : null, arguments.Length > weights + 1 ? arguments[weights + 1] : null);

    /// <summary>Of some rows of the batch.</summary>
    public Conditioning Rows(Range rows) => Context is null || Context.Shape[0] == 1 ? this : this with { Context = Context[rows] };
}
