using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>y = x·e^s + t with s = L·tanh(raw/L).</summary>
internal sealed class AffineElementMap : ElementMap
{
    public const string Kind = "affine";
    public const double DefaultMaxLogScale = 3;

    private readonly double _maxLogScale;

    public AffineElementMap(double maxLogScale) => _maxLogScale = maxLogScale > 0 && double.IsFinite(maxLogScale)
        ? maxLogScale
        : throw new ArgumentOutOfRangeException(nameof(maxLogScale), maxLogScale, "ElementMap.Affine: the limit of the log scale must be above 0 and finite.");

    public override string Name => Kind;

    public override int RawSize => 2;

    public override Transform FromRaw(Tensor raw) => AffineTransform.FromLogScale(
        raw[TensorIndex.Ellipsis, 0], _maxLogScale * (raw[TensorIndex.Ellipsis, 1] / _maxLogScale).Tanh());

    public override LayerDescription Describe() => new(Kind, new JsonObject { ["max_log_scale"] = _maxLogScale });
}
