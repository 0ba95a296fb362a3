using System.Text.Json.Nodes;
using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>Independent weights of mean 0 and a given spread: the standard deviation of a Normal, or the limit of a uniform distribution.</summary>
internal sealed class RandomInitializer : Initializer
{
    public const string NormalKind = "random_normal", UniformKind = "random_uniform";

    private readonly double _spread;
    private readonly bool _isUniform;

    public RandomInitializer(double spread, bool isUniform)
    {
        _isUniform = isUniform;
        _spread = spread >= 0 && double.IsFinite(spread)
            ? spread
            : throw new ArgumentOutOfRangeException(
                isUniform ? "limit" : "stdDev", spread, $"{Name}: the spread of initial weights must be finite and at least 0.");
    }

    public override string Name => _isUniform ? UniformKind : NormalKind;

    public override LayerDescription Describe() => new(Name, new JsonObject { [_isUniform ? "limit" : "std_dev"] = _spread });

    public override Tensor Create(Shape shape, RandomKey key, DType dtype) =>
        (_isUniform ? (2 * key.Uniform(shape, dtype)) - 1 : key.Normal(shape, dtype)) * _spread;
}
