using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>Puts all features of an example in one axis: [n, a, b, …] becomes [n, a·b·…].</summary>
public sealed class Flatten : Layer
{
    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name);

    /// <inheritdoc/>
    protected override Shape OnBuild(Shape input, BuildContext context) => [input.Size];

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x, ForwardContext context) => x.Reshape(x.Shape[0], InputShape.Size);
}
