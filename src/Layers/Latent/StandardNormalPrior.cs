using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>N(0, I).</summary>
internal sealed class StandardNormalPrior : LatentPrior
{
    public const string Kind = "standard_normal";

    internal override LayerDescription Describe() => new(Kind);

    internal override Distribution Predict(int latentSize, Tensor features, Func<Tensor, Distribution> posterior) => MultivariateNormal.Diagonal(
        Tensor.Zeros([latentSize], features.DType).AsFree(), Tensor.Ones([latentSize], features.DType).AsFree());
}
