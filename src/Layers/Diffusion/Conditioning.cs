using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>What a score depends on beyond the noisy data and the noise.</summary>
/// <param name="Context">What a field made of the features, [batch, …]; null without features.</param>
/// <param name="Guidance">A number: 0 is the unconditional score, 1 the conditional one, more exaggerates the difference; null is 1.</param>
internal readonly record struct Conditioning(Tensor? Context, Tensor? Guidance)
{
    /// <summary>As arguments of a compiled function.</summary>
    public Tensor[] Arguments => Context is null ? [] : Guidance is null ? [Context] : [Context, Guidance];

    /// <summary>What <see cref="Arguments"/> gave.</summary>
    public static Conditioning From(ReadOnlySpan<Tensor> arguments) => new(arguments.Length > 0 ? arguments[0] : null, arguments.Length > 1 ? arguments[1] : null);

    /// <summary>Of some rows of the batch.</summary>
    public Conditioning Rows(Range rows) => Context is null || Context.Shape[0] == 1 ? this : this with { Context = Context[rows] };
}
