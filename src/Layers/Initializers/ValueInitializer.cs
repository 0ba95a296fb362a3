using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>Values computed without randomness, such as the bias of a head.</summary>
internal sealed class ValueInitializer(Func<Tensor> values) : Initializer
{
    public override string Name => "values";

    public override Tensor Create(Shape shape, RandomKey key, DType dtype) => values();
}
