using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

/// <summary>N(0, I) as a mixture of one component: a distribution to which no divergence has a closed form.</summary>
internal sealed class OpaqueNormalHead(int size) : Head<VectorMixture<Independent<Normal>>>
{
    public override Shape TargetShape => [size];

    public override TargetScaling Scaling => TargetScaling.None;

    protected override Support TargetSupport => Support.Real;

    public override LayerDescription Describe() => new(Name);

    public override VectorMixture<Independent<Normal>> Forward(Tensor features) => new(
        Tensor.Zeros([1], features.DType), MultivariateNormal.Diagonal(Tensor.Zeros([1, size], features.DType), Tensor.Ones([1, size], features.DType)));

    public override Tensor Loss(VectorMixture<Independent<Normal>> prediction, Tensor target, LossContext context) => -prediction.LogDensity(target);

    public override VectorMixture<Independent<Normal>> Rescale(VectorMixture<Independent<Normal>> prediction, Tensor loc, Tensor scale) => prediction;

    protected override void OnBuild(Shape features, BuildContext context)
    {
    }
}
