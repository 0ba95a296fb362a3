using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>What a forward pass has to know beyond its input.</summary>
/// <param name="IsTraining">Whether the model is being trained: dropout drops only then.</param>
/// <param name="Key">The source of randomness for layers that draw; null when none may be drawn.</param>
public readonly record struct ForwardContext(bool IsTraining, RandomKey? Key)
{
    /// <summary>Prediction: deterministic.</summary>
    public static ForwardContext Inference => new(false, null);

    /// <summary>Training, with a key that is new in every step.</summary>
    public static ForwardContext Training(RandomKey key) => new(true, key);

    /// <summary>The context of the i-th part of a model, with a key of its own.</summary>
    public ForwardContext Child(int i) => Key is { } key ? this with { Key = key.FoldIn((ulong)i) } : this;
}
