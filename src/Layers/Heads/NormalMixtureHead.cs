using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts a mixture of Normals, a mixture density network (Bishop 1994): any shape of density, several modes included. Weights stay logits and
/// the loss is one log-sum-exp, so that no component can underflow to a loss of infinity.
/// </summary>
public sealed class NormalMixtureHead : UnivariateHead<Mixture<Normal>>
{
    private readonly double _minScale;

    /// <summary>Creates the head.</summary>
    /// <param name="components">Number of Normals; at least 1.</param>
    /// <param name="outputs">Numbers an example, each with a mixture of its own; null for one, with targets of shape [n].</param>
    /// <param name="minScale">The floor of each standard deviation, in standardized units; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public NormalMixtureHead(int components, int? outputs = null, double minScale = PositiveParameter.DefaultFloor)
        : base(checked(3 * RequireComponents(components)), outputs)
    {
        Components = components;
        _minScale = PositiveParameter.RequireFloor(Name, nameof(minScale), minScale);
    }

    /// <summary>Number of Normals.</summary>
    public int Components { get; }

    /// <inheritdoc/>
    public override TargetScaling Scaling => TargetScaling.Affine;

    /// <inheritdoc/>
    protected override Support TargetSupport => Support.Real;

    /// <inheritdoc/>
    public override LayerDescription Describe() =>
        new(Name, new JsonObject { ["components"] = Components, ["outputs"] = Outputs, ["min_scale"] = _minScale });

    /// <inheritdoc/>
    public override string ToString() => $"NormalMixtureHead({Components})";

    /// <inheritdoc/>
    public override Mixture<Normal> Rescale(Mixture<Normal> prediction, Tensor loc, Tensor scale) =>
        new(prediction.Logits, prediction.Components.AffineTransform(loc.Unsqueeze(-1), scale.Unsqueeze(-1)));

    /// <inheritdoc/>
    protected override Mixture<Normal> FromParameters(Tensor raw)
    {
        int k = Components;
        var normals = new Normal(raw[TensorIndex.Ellipsis, k..(2 * k)], PositiveParameter.FromRaw(raw[TensorIndex.Ellipsis, (2 * k)..], _minScale));
        return new(raw[TensorIndex.Ellipsis, ..k], normals);
    }

    /// <inheritdoc/>
    protected override Tensor InitialParameters(TargetStatistics statistics)
    {
        // Components at half the mid-quantiles of a Normal with the targets' mean and standard deviation, each as wide as the variance that they
        // leave over: different from the start, so that they do not all learn the same, together as wide as the targets, and still one hump,
        // so that several appear only where the data ask for them.
        DType dtype = statistics.Mean.DType;
        double[] spread = [.. Enumerable.Range(0, Components).Select(i => 0.5 * MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (i + 0.5) / Components))];
        double left = Math.Sqrt(1 - spread.Average(z => z * z));
        Tensor mean = statistics.Mean.Unsqueeze(-1), deviation = statistics.StdDev.Unsqueeze(-1);
        Tensor locs = mean + (deviation * Tensor.From(spread).AsFree().Cast(dtype));
        Tensor scales = (deviation * left).BroadcastTo(locs.Shape);
        return Tensor.Concat([Tensor.ZerosLike(locs), locs, PositiveParameter.ToRaw(scales, _minScale)], -1);
    }

    private static int RequireComponents(int components) => components >= 1
        ? components
        : throw new ArgumentOutOfRangeException(nameof(components), components, "NormalMixtureHead: at least one component is needed.");
}
