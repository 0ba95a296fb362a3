using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>y = x + t.</summary>
internal sealed class ShiftElementMap : ElementMap
{
    public const string Kind = "shift";

    public override string Name => Kind;

    public override int RawSize => 1;

    public override Transform FromRaw(Tensor raw)
    {
        Tensor shift = raw[TensorIndex.Ellipsis, 0];
        return AffineTransform.FromLogScale(shift, Tensor.ZerosLike(shift));
    }
}
